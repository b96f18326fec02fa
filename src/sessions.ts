import { type ApiError, PipitError } from './core/errors.ts'
import { type Caller, header, type HttpRequest } from './core/exchange.ts'
import { percentDecoded } from './core/percent.ts'
import type { Service } from './core/service.ts'
import { Session, type SessionChoices, type SessionEnvironment } from './session.ts'

export const DEFAULT_SESSION = 'default'

/** Who runs ten thousand tests at once has other limits. */
const MOST_SESSIONS = 10_000

/** A session without a request and without a long poll for so long is over, in real time. */
const IDLE_MS = 60 * 60 * 1000

/** How often that is looked at, while there is a session besides the default one. */
const LOOK_MS = 60 * 1000

const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/
const NAME_RULE = 'a session has a name of 1 to 64 letters, digits, dots, dashes and underscores, and no dot first'

/** `/s/blue/sqs/…`: the name, and where it ends. */
const PATH = /^\/s\/([^/?]*)/
/** What stands before a session's name in an access key and in User-Agent. */
export const SESSION_KEY = 'pipit-'
/** SDKs write `app/` and what AWS_SDK_UA_APP_ID or `sdk_ua_app_id` says; a bare `app/billing` is the app's own. */
const AGENT = /(?:^|\s)app\/pipit-([^\s/]+)/

/** What a request says of its world. */
export interface Resolved {
  readonly session: Session
  /** The part of the path that named it: `/s/blue`, else empty. */
  readonly prefix: string
  /** What it asked for cannot be: the session is the default one, and the answer must be this. */
  readonly refusal?: ApiError
}

/** The session that a request names: what its path says, else its access key, else its User-Agent. */
export function namedSession(request: HttpRequest, caller: Caller): Named {
  const path = request.target.startsWith('/s/') ? PATH.exec(request.target) : null
  if (path !== null) return { name: percentDecoded(path[1] as string) ?? (path[1] as string), prefix: path[0] }
  if (caller.accessKey.startsWith(SESSION_KEY)) return { name: caller.accessKey.slice(SESSION_KEY.length), prefix: '' }
  const agent = header(request, 'user-agent')
  const name = agent?.includes('app/pipit-') === true ? AGENT.exec(agent)?.[1] : undefined
  return name === undefined ? UNNAMED : { name, prefix: '' }
}

interface Named {
  readonly name: string
  /** The part of the path that named it: `/s/blue`, else empty. */
  readonly prefix: string
}

const UNNAMED: Named = { name: DEFAULT_SESSION, prefix: '' }

export interface SessionsEnvironment extends SessionEnvironment {
  /** Sockets that a session's faults left hanging, for whoever ends the session. */
  readonly release?: (session: string) => void
}

/** Every session there is. One is made when somebody first names it: by path, by access key or by User-Agent. */
export class Sessions {
  readonly default: Session
  readonly #byName = new Map<string, Session>()
  readonly #services: readonly Service[]
  readonly #environment: SessionsEnvironment
  #isWatching = false

  constructor(services: readonly Service[], environment: SessionsEnvironment) {
    this.#services = services
    this.#environment = environment
    this.default = this.#make(DEFAULT_SESSION)
  }

  /** Which world a request belongs to, made if need be. */
  resolve(request: HttpRequest, caller: Caller): Resolved {
    const { name, prefix } = namedSession(request, caller)
    return name === DEFAULT_SESSION ? { session: this.default, prefix } : this.#resolved(name, prefix)
  }

  find(name: string): Session | undefined {
    return this.#byName.get(name)
  }

  /** The session of this name, made if need be. Throws a PipitError for a name that cannot be, or one too many. */
  open(name: string): Session {
    return this.#byName.get(name) ?? this.#create(name)
  }

  /** A new one. Without a name it gets one that nobody has. */
  create(name = this.#environment.random.uuid().slice(0, 8), choices?: SessionChoices): Session {
    if (this.#byName.has(name))
      throw new PipitError('conflict', `there is a session ${name}: delete it first, or choose another name`)
    return this.#create(name, choices)
  }

  /** Ends what waits in it and forgets all of it. */
  remove(name: string): void {
    const session = this.#byName.get(name)
    if (session === undefined) throw new PipitError('not-found', `there is no session ${name}`)
    if (session === this.default)
      throw new PipitError('conflict', 'the default session is always there: reset it instead')
    this.#byName.delete(name)
    session.close()
    this.#environment.release?.(name)
  }

  /** By age. */
  all(): Iterable<Session> {
    return this.#byName.values()
  }

  /** Ends everything that waits, in every session. */
  close(): void {
    for (const session of this.#byName.values()) session.close()
  }

  #resolved(name: string, prefix: string): Resolved {
    const session = this.#byName.get(name)
    if (session !== undefined) return { session, prefix }
    try {
      return { session: this.#create(name), prefix }
    } catch (error) {
      if (!(error instanceof PipitError)) throw error
      const { message } = error
      const refusal: ApiError = {
        shape: 'InvalidSession',
        code: 'InvalidSession',
        status: 400,
        fault: 'Sender',
        message,
      }
      return { session: this.default, prefix, refusal }
    }
  }

  #create(name: string, choices?: SessionChoices): Session {
    if (!NAME.test(name)) throw new PipitError('bad-request', `${NAME_RULE}; ${JSON.stringify(name)} is none`)
    if (this.#byName.size >= MOST_SESSIONS)
      throw new PipitError('conflict', `there are ${MOST_SESSIONS} sessions: delete those whose tests are over`)
    const session = this.#make(name, choices)
    this.#watch()
    return session
  }

  #make(name: string, choices?: SessionChoices): Session {
    const session = new Session(name, this.#services, this.#environment, choices)
    this.#byName.set(name, session)
    return session
  }

  /** Looks for sessions that are over, as long as there is one that could be. */
  #watch(): void {
    if (this.#isWatching) return
    this.#isWatching = true
    const { wall } = this.#environment
    wall.schedule(wall.nowMs() + LOOK_MS, () => {
      this.#isWatching = false
      const beforeMs = wall.nowMs() - IDLE_MS
      for (const session of this.#byName.values())
        if (session !== this.default && session.isIdleSince(beforeMs)) this.remove(session.name)
      if (this.#byName.size > 1) this.#watch()
    })
  }
}
