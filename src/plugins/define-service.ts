import * as v from 'valibot'
import type { AdminRoute } from '../core/admin-route.ts'
import type { Clock } from '../core/clock.ts'
import { type ApiError, PipitError } from '../core/errors.ts'
import type { Call } from '../core/exchange.ts'
import type { Random } from '../core/random.ts'
import type { Role } from '../core/recordable.ts'
import type { Description, MintedKind, Service } from '../core/service.ts'
import type { ServiceShapes, StructureShape } from '../core/shapes.ts'
import { strictly } from '../core/strictly.ts'
import { awsJson } from '../protocols/aws-json.ts'
import { awsQuery } from '../protocols/aws-query.ts'
import { protocolErrors } from '../protocols/protocol-errors.ts'
import type { CallContext, Members } from './call-context.ts'
import { DefinedMock } from './defined-mock.ts'
import { definitionComplaint } from './definition-complaint.ts'
import { OPEN } from './shape.ts'

/** One AWS API, as a plugin or an entry of the table of routes says it. Only `name` and `operations` are needed. */
export interface ServiceDefinition<State = undefined> {
  /** Path segment and word in logs: lower-case letters, digits and dashes. */
  readonly name: string
  /** The credential scope's service; the name unless said. */
  readonly signingName?: string
  /** Before the dot in `X-Amz-Target`; the name unless said. */
  readonly targetPrefix?: string
  /** Of error types in JSON: `com.amazonaws.sns`. */
  readonly namespace?: string
  /** The XML answers' `xmlns`. */
  readonly xmlNamespace?: string
  /** Those that it speaks; both unless said. */
  readonly protocols?: readonly ('json' | 'query')[]
  /** Without shapes members come and go as they are: with their types in JSON, as texts in the query protocol. */
  readonly operations: Readonly<Record<string, Operation<State> | DeclaredOperation<State>>>
  /** Operations that change nothing, in no way. */
  readonly reads?: readonly string[]
  /** By their shape, the name that SDKs know them by. */
  readonly errors?: Readonly<Record<string, ErrorDefinition>>
  /** Members, at any depth, whose values the service makes up: what is recorded is compared without them. */
  readonly minted?: Readonly<Record<string, MintedKind>>
  /** Makes what the operations share: one for every session, when it is first needed. */
  state?(environment: StateEnvironment): State
  /** Forgets the messages of a state and keeps what it is set up with: `POST /_pipit/reset?scope=messages`. */
  clear?(state: State): void
  /** Ends what the state has under way; its session is over. */
  close?(state: State): void
  /** What a log line says of a call beside its operation. */
  describe?(call: Pick<Call, 'operation' | 'input'>, output: Members | undefined): Description
  /** What a call is about, by kind and name, `topic:orders`: guards of what is forwarded name such. */
  subjects?(call: Pick<Call, 'operation' | 'input'>): readonly string[]
  /** How its calls stand to each other, for recordings: which of them make, take and change something. */
  readonly roles?: Readonly<Record<string, Role>>
  /** Resources under `/_pipit/<name>/`. */
  readonly adminRoutes?: readonly AdminRoute[]
}

/** Answers an output, or throws `context.error(…)`. */
export type Operation<State> = (
  input: Input,
  context: ServiceContext<State>,
) => Members | void | Promise<Members | void>

export interface DeclaredOperation<State> {
  readonly input?: StructureShape
  readonly output?: StructureShape
  run: Operation<State>
}

/** What was decoded; of a declared operation by its shape, with all that is required. */
// oxlint-disable-next-line typescript/no-explicit-any -- whoever writes a service knows its members better
export type Input = Readonly<Record<string, any>>

export interface ServiceContext<State> extends CallContext {
  readonly state: State
}

export interface StateEnvironment {
  /** The session's time. */
  readonly clock: Clock
  readonly random: Random
}

export interface ErrorDefinition {
  /** What XML and SDKs call the code; the shape unless said. */
  readonly code?: string
  readonly status?: number
  readonly message?: string
}

/** A service for the table of routes or for a plugin's default export. Throws a PipitError for a definition that cannot be. */
export function defineService<State = undefined>(definition: ServiceDefinition<State>): Service {
  const complaint = definitionComplaint(schema, definition)
  if (complaint !== undefined) throw new PipitError('bad-plugin', `defineService: ${complaint}`)
  const { name, signingName = name, protocols = ['json', 'query'], reads = [], minted = {}, adminRoutes } = definition
  const shapes = shapesOf(definition)
  const errors = errorsOf(definition)
  const service: Service = {
    name,
    signingName,
    protocols: protocols.map((protocol) => (protocol === 'json' ? awsJson : awsQuery)(shapes, errors)),
    operations: Object.keys(definition.operations),
    errors,
    reads,
    minted,
    mock: (environment) => new DefinedMock(definition, service, environment),
    ...(definition.describe && {
      describe: (call, result) =>
        describedBy(() => definition.describe?.(call, result?.kind === 'output' ? result.output : undefined)),
    }),
    ...(definition.subjects && { subjects: (call) => subjectsBy(() => definition.subjects?.(call)) }),
    ...(definition.roles && {
      recordable: { roles: definition.roles, computed: [], plainInput: ({ input }) => input },
    }),
    ...(adminRoutes && { adminRoutes: () => adminRoutes }),
  }
  return service
}

/** A description is a courtesy: one that fails says so, and costs no answer. */
function describedBy(describe: () => Description | undefined): Description {
  try {
    return describe() ?? {}
  } catch (error) {
    return { detail: `describe threw ${String(error)}` }
  }
}

/** Where nobody can say what a call is about, no guard lets it pass. */
function subjectsBy(subjects: () => readonly string[] | undefined): readonly string[] {
  try {
    return subjects() ?? []
  } catch {
    return []
  }
}

function shapesOf<State>(definition: ServiceDefinition<State>): ServiceShapes {
  const {
    name,
    targetPrefix = name,
    namespace = `pipit.${name}`,
    xmlNamespace = `https://${name}.example/`,
  } = definition
  const operations = Object.entries(definition.operations).map(([operation, given]) => {
    const { input = OPEN, output = OPEN } = typeof given === 'function' ? {} : given
    return [operation, { input, output }] as const
  })
  return { targetPrefix, namespace, xmlNamespace, operations: Object.fromEntries(operations) }
}

/** Its own, and those that AWS answers in front of every service. */
function errorsOf<State>({ errors = {} }: ServiceDefinition<State>): readonly ApiError[] {
  const own = Object.entries(errors).map(([shape, { code = shape, status = 400, message = shape }]): ApiError => {
    return { shape, code, status, fault: status >= 500 ? 'Receiver' : 'Sender', message }
  })
  const taken = new Set(own.map(({ code }) => code))
  return [...own, ...Object.values(protocolErrors).filter(({ code }) => !taken.has(code))]
}

const NAME = 'expected a name of lower-case letters, digits and dashes, like "greeter"'
const OPERATION = 'expected a function, or { input, output, run }'

const text = v.optional(v.string('expected a text'))
const code = v.optional(v.function('expected a function'))
const structure = v.optional(
  v.custom((given) => isObject(given) && given['type'] === 'structure', 'expected shape.structure({ … })'),
)

const schema = strictly({
  name: v.pipe(v.string(NAME), v.regex(/^[a-z][a-z0-9-]{0,62}$/, NAME)),
  signingName: text,
  targetPrefix: text,
  namespace: text,
  xmlNamespace: text,
  protocols: v.optional(v.array(v.picklist(['json', 'query'], 'expected "json" or "query"'))),
  operations: v.pipe(
    v.record(
      v.string(),
      v.union([v.function(), strictly({ input: structure, output: structure, run: v.function() })], OPERATION),
      'expected operations by name',
    ),
    v.check((given) => Object.keys(given).length > 0, 'expected an operation, at least'),
  ),
  reads: v.optional(v.array(v.string())),
  errors: v.optional(
    v.record(
      v.string(),
      strictly({ code: text, status: v.optional(v.pipe(v.number(), v.minValue(400), v.maxValue(599))), message: text }),
    ),
  ),
  minted: v.optional(v.record(v.string(), v.string())),
  state: code,
  clear: code,
  close: code,
  describe: code,
  subjects: code,
  roles: v.optional(v.record(v.string(), v.looseObject({ kind: v.string() }))),
  adminRoutes: v.optional(v.array(v.custom(isObject, 'expected adminRoute({ … })'))),
})

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
