import * as v from 'valibot'
import { complaint } from '../config/complaints.ts'
import type { Layer } from '../config/layer.ts'
import type { AdminRoute, Ask } from '../core/admin-route.ts'
import { PipitError } from '../core/errors.ts'
import { strictly } from '../core/strictly.ts'

const NO_MEMBERS = strictly({})

/** The query's members and the session among them, which every resource takes. Throws a PipitError: `bad-request`. */
export function readQuery(route: AdminRoute, text: string): { query: unknown; session: string | undefined } {
  const members: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    if (Object.hasOwn(members, name)) throw new PipitError('bad-request', `${name} is given twice`)
    members[name] = value
  }
  const { session, ...own } = members
  return { query: checked(route.query ?? NO_MEMBERS, own, 'the query'), session }
}

/** A JSON body by the route's schema; an empty one is `undefined`, and the schema says whether that will do. */
export function readBody(route: AdminRoute, body: Buffer): Ask['body'] {
  if (route.body === undefined) return undefined
  const text = body.toString('utf8')
  return checked(route.body, text.trim() === '' ? undefined : parsed(text), 'the body')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new PipitError('bad-request', `the body is not JSON: ${(error as Error).message}`, { cause: error })
  }
}

function checked(schema: v.GenericSchema, value: unknown, name: string): unknown {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const layer: Layer = { tree: value, namesPaths: true, locate: () => name }
  throw new PipitError('bad-request', result.issues.map((issue) => complaint(layer, issue)).join('; '))
}
