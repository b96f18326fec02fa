import { percentDecoded } from '../core/percent.ts'
import type { AdminMethod, AdminRoute } from '../core/admin-route.ts'

export type Found =
  | { readonly route: AdminRoute; readonly parameters: Readonly<Record<string, string>> }
  /** There is something at this path, but not for this method. */
  | { readonly allowed: readonly AdminMethod[] }

export type Router = (method: string, path: string) => Found | undefined

interface Pattern {
  readonly route: AdminRoute
  /** A name in braces stands for any one segment. */
  readonly segments: readonly string[]
}

/** Finds what answers a path: one that is written out before one with a name in braces. HEAD is answered as GET. */
export function router(routes: readonly AdminRoute[]): Router {
  const bySize = new Map<number, Pattern[]>()
  for (const route of routes) {
    const segments = segmentsOf(route.path)
    const patterns = bySize.get(segments.length) ?? []
    patterns.push({ route, segments })
    bySize.set(
      segments.length,
      patterns.toSorted((a, b) => variables(a) - variables(b)),
    )
  }
  return (method, path) => {
    const segments = segmentsOf(path)
    const matching = (bySize.get(segments.length) ?? []).filter((pattern) => matches(pattern, segments))
    const [first] = matching
    if (first === undefined) return undefined
    const here = matching.filter((pattern) => variables(pattern) === variables(first))
    const wanted = method === 'HEAD' ? 'GET' : method
    const found = here.find(({ route }) => route.method === wanted)
    if (found === undefined) return { allowed: here.map(({ route }) => route.method) }
    return { route: found.route, parameters: parametersOf(found, segments) }
  }
}

function matches({ segments }: Pattern, asked: readonly string[]): boolean {
  return segments.every((segment, index) => isVariable(segment) || segment === asked[index])
}

function variables({ segments }: Pattern): number {
  return segments.filter(isVariable).length
}

function parametersOf({ segments }: Pattern, asked: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    segments.flatMap((segment, index) =>
      isVariable(segment) ? [[segment.slice(1, -1), percentDecoded(asked[index] as string) ?? '']] : [],
    ),
  )
}

function isVariable(segment: string): boolean {
  return segment.startsWith('{')
}

function segmentsOf(path: string): string[] {
  return path.replace(/\/+$/, '').split('/').slice(1)
}
