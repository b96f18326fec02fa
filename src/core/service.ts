import type { GenericSchema } from 'valibot'
import type { AdminRoute, Ask } from './admin-route.ts'
import type { Call, DecodeFailure, Exchange, HttpRequest, HttpResponse, Result } from './exchange.ts'
import type { Clock } from './clock.ts'
import type { ApiError } from './errors.ts'
import type { Random } from './random.ts'
import type { Recordable } from './recordable.ts'

/** A wire format, both directions; pure. */
export interface Protocol {
  /** `awsJson1_0`, `awsQuery`. */
  readonly name: string
  /** Does this request speak this protocol, and of this service? Looks at the head, and at `Action=` at most. */
  claims(request: HttpRequest): boolean
  decodeRequest(request: HttpRequest, mount: string): Call | DecodeFailure
  /** The same request with another input; decoded again, it is this call. */
  encodeRequest(call: Pick<Call, 'operation' | 'input'>, like: HttpRequest): HttpRequest
  encodeResponse(call: Pick<Call, 'operation'>, result: Result, requestId: string, request: HttpRequest): HttpResponse
  /** What somebody else's answer to this call says; `undefined` where it is none of this protocol. */
  decodeResponse(call: Pick<Call, 'operation'>, response: HttpResponse): Result | undefined
}

type Members = Readonly<Record<string, unknown>>

/** A service's state in one session, and the way to ask it. */
export interface Mock {
  /** Never rejects for what a client did wrong: that is a Result. */
  call(call: Call, exchange: Exchange): Result | Promise<Result>
  /** Forgets what the service holds and keeps what it is set up with: the messages, not the queues. */
  clear?(): void
  /**
   * What came from outside when it was recorded comes from outside again: a thing as a `take` shows it, put where the
   * input of that call says. Answers the name that it has here.
   */
  arrive?(input: Members, thing: Members, exchange: Exchange): string
  /** Makes what a call is about, where nobody does: it was there before anybody recorded. `told`: what answers say of it. */
  presume?(call: Call, told: Members, exchange: Exchange): void
  /**
   * Things that were taken so often from where an input says go on to where another one says, unless it is known already
   * what becomes of them.
   */
  passOn?(from: Members, to: Members, after: number, exchange: Exchange): void
  /** Seconds that a call waits for something to take, where its input does not say so. */
  ownWait?(call: Call, exchange: Exchange): number
  /** For whoever watches by numbers: what is true now, and totals, whose names end in `_total`. */
  metrics?(): Iterable<Measure>
  /** Ends everything that waits; waiting calls get their ordinary empty answer. */
  close(): void
}

export interface MockEnvironment {
  /** The session's clock: everything in the engine. */
  readonly clock: Clock
  /** Real time: how long a client is kept waiting at most. */
  readonly wall: Clock
  readonly random: Random
  /** Another service in the same session; `undefined` where nobody serves it. Absent for a mock without a session. */
  readonly peer?: (service: string) => Peer | undefined
  /** For what the operator should know and no caller can be told. */
  readonly note?: (text: string) => void
}

/** A service with its state in one session. */
export interface Peer {
  readonly service: Service
  readonly mock: Mock
}

/** What a log line and the journal say of a call beside its operation. */
export interface Description {
  /** What it is about: `orders`. */
  readonly resource?: string
  /** What came of it, a few words: `id=8f3c…`, `2 messages`. */
  readonly detail?: string
  /** What is there now because of it, by id: a retry that has made another one has made a duplicate. */
  readonly created?: readonly string[]
}

/** One number, with what it is of. */
export interface Measure {
  /** As Prometheus spells it: `aws_sqs_number_of_messages_sent_total`. */
  readonly metric: string
  readonly value: number
  readonly labels: Readonly<Record<string, string>>
}

/**
 * A kind of value that a server makes up. What compares two calls, draws from what one says, or shows it to a reader puts
 * the kind in the value's place: `{{receiptHandle.1}}`.
 */
export type MintedKind =
  | 'messageId'
  | 'receiptHandle'
  | 'sequence'
  | 'requestId'
  | 'senderId'
  | 'taskHandle'
  | 'pageToken'
  | 'time'
  /** A number that its state makes: how many messages there are. */
  | 'count'

/**
 * What answers for a service: its own state in memory, another server, another server whose answers are recorded, or what
 * was recorded. `auto`: what was recorded, if anything was, else it is recorded.
 */
export type Mode = 'mock' | 'forward' | 'record' | 'replay' | 'auto'

/** What answers a call that was not recorded. */
export type OnMiss = 'error' | 'mock' | 'forward' | 'record'

/** The two ends of an exchange that goes on to another server: scheme, host and path prefix, no slash at the end. */
export interface Ends {
  /** Where the client has called: `http://localhost:3000/sqs`. */
  readonly here: string
  /** Where the answer comes from: `https://sqs.eu-west-1.amazonaws.com`. */
  readonly there: string
}

/** Whose state a resource of the control plane shows: that of the session asked for. */
export interface Mocks {
  of(ask: Ask): Mock
}

/** One AWS API. `routes.ts` lists them. */
export interface Service {
  /** Path segment and word in logs: `sqs`. */
  readonly name: string
  /** The credential scope's service name. */
  readonly signingName: string
  /** In the order in which they are asked to claim a request. */
  readonly protocols: readonly Protocol[]
  /** Every operation of its API. */
  readonly operations: readonly string[]
  /** Every error that it can answer, for faults that name one by its shape or by its code. */
  readonly errors: readonly ApiError[]
  /** Those that change nothing, in no way: ReceiveMessage is none. */
  readonly reads: readonly string[]
  /** Members of inputs and outputs, at any depth, whose values the server makes up. */
  readonly minted: Readonly<Record<string, MintedKind>>
  mock(environment: MockEnvironment): Mock
  describe?(call: Call, result: Result | undefined): Description
  /** What a call is about, by kind and name: `queue:orders`. */
  subjects?(call: Call): readonly string[]
  /** Operations whose outputs name things by URL. Clients send to such URLs: one that slips through leads past the gateway. */
  readonly linking?: readonly string[]
  /** The same request for a server elsewhere: what it names by URL is named as it is there. */
  delocalize?(request: HttpRequest, call: Call, there: string): HttpRequest
  /**
   * What a server elsewhere answered, with everything that it names by URL named as it is here. The very same result where
   * it names nothing so.
   */
  localize?(result: Result, call: Call, ends: Ends): Result
  /** How its calls stand to each other. Without it, each stands for itself. */
  readonly recordable?: Recordable
  /** Its own part of the control plane: under `/_pipit/<name>/`, and what other tools call it. */
  adminRoutes?(mocks: Mocks): readonly AdminRoute[]
  /** What a fault can ask of the mock (`sqs.redeliver`): the schema of the arguments, by name. */
  readonly disruptions?: Readonly<Record<string, GenericSchema>>
}
