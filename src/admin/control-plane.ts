import { createHash, timingSafeEqual } from 'node:crypto'
import { type AdminAnswer, type AdminRoute, json } from '../core/admin-route.ts'
import { type AllowedHosts, hostComplaint, originComplaint } from '../core/allowed-host.ts'
import { PipitError } from '../core/errors.ts'
import { header, type HttpRequest } from '../core/exchange.ts'
import { didYouMean } from '../core/nearest.ts'
import { percentDecoded } from '../core/percent.ts'
import { readBody, readQuery } from './read-ask.ts'
import { router } from './router.ts'
import { complaintAnswer } from './statuses.ts'

export interface Safety extends AllowedHosts {
  /** Whoever has it may ask and steer; `undefined`: whoever reaches the gateway may. */
  readonly adminToken: string | undefined
}

export interface Asked {
  readonly request: HttpRequest
  readonly isTooLarge: boolean
  /** Fires when the asker has gone, or the gateway closes. */
  readonly signal: AbortSignal
  readonly origin: string
}

export interface ControlPlane {
  answer(asked: Asked): Promise<AdminAnswer>
}

/** The first path segments that never are a queue or a service; a session may stand before them. */
const PATH = /^(?:\/s\/([^/?]*))?(\/(?:_pipit|_aws|_localstack|moto-api|health)(?:\/[^?]*)?)(?:\?(.*))?$/s

export function isAdminPath(target: string): boolean {
  return PATH.test(target)
}

/**
 * The control plane: its own resources, those of the services and the aliases of other tools, on the same port. `onBug`
 * is told what is nobody's mistake but ours.
 */
export function controlPlane(
  routes: readonly AdminRoute[],
  safety: Safety,
  onBug: (error: unknown) => void,
): ControlPlane {
  const find = router(routes)
  const paths = [...new Set(routes.map(({ path }) => path))]

  async function answer({ request, isTooLarge, signal, origin }: Asked): Promise<AdminAnswer> {
    const [, inPath, path = '', query = ''] = PATH.exec(request.target) ?? []
    const found = find(request.method, path)
    if (found === undefined) throw new PipitError('not-found', `there is nothing at ${path}${didYouMean(path, paths)}`)
    if ('allowed' in found) return notAllowed(path, found.allowed)
    const { route, parameters } = found
    if (route.isOpen !== true) check(request, safety)
    if (isTooLarge) throw new PipitError('too-large', 'the body is too large')
    const asked = readQuery(route, query)
    if (inPath !== undefined && asked.session !== undefined)
      throw new PipitError('bad-request', 'the path names a session: leave out ?session=')
    return route.answer({
      request,
      parameters,
      query: asked.query,
      body: readBody(route, request.body),
      session: inPath === undefined ? asked.session : (percentDecoded(inPath) ?? inPath),
      origin,
      signal,
    })
  }

  return {
    async answer(asked) {
      try {
        return await answer(asked)
      } catch (error) {
        if (error instanceof PipitError) return complaintAnswer(error)
        onBug(error)
        return complaintAnswer(new PipitError('bug', 'this is a bug in pipit: its log has the details'))
      }
    },
  }
}

/** Reading shows what is in messages, so that the host matters for it, too; a foreign page cannot read an answer. */
function check(request: HttpRequest, safety: Safety): void {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const complaint = hostComplaint(request, safety) ?? (isRead ? undefined : originComplaint(request, safety))
  if (complaint !== undefined) throw new PipitError('forbidden', complaint)
  if (safety.adminToken === undefined) return
  const given = /^Bearer\s+(.+)$/i.exec(header(request, 'authorization') ?? '')?.[1]
  if (given === undefined || !isSame(given, safety.adminToken))
    throw new PipitError('unauthorized', 'say Authorization: Bearer, and what PIPIT_ADMIN_TOKEN is where pipit runs')
}

/** In a time that tells nothing of the token. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}

function notAllowed(path: string, allowed: readonly string[]): AdminAnswer {
  const refusal = json(405, { error: `${path} takes ${allowed.join(', ')}`, code: 'method-not-allowed' })
  return { ...refusal, rawHeaders: [...refusal.rawHeaders, 'Allow', allowed.join(', ')] }
}
