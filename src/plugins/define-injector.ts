import * as v from 'valibot'
import { PipitError } from '../core/errors.ts'
import type { Exchange, Leg, Outcome } from '../core/exchange.ts'
import type { Hop } from '../core/hop.ts'
import { strictly } from '../core/strictly.ts'
import type { Answer, CallContext, Members } from './call-context.ts'
import { definitionComplaint } from './definition-complaint.ts'

type Either<T> = T | Promise<T>

/**
 * What stands before a service and changes what an operation answers. `before` and `after` may both be there, `around`
 * between them; `inject` sees requests and answers as HTTP, and stands alone.
 */
export interface InjectorDefinition<Args = undefined, Input = Members, Output = Members> {
  /** The file's name unless said: `shout` of `shout.injector.js`. */
  readonly name?: string
  /** Where it acts by itself, from the start. Without it, it waits for a rule that uses it: `do: { use: shout }`. */
  readonly on?: InjectionOn
  /** The leg where it acts by itself: `client` unless said. */
  readonly at?: InjectionLeg
  /** Of what a rule says beside `use`. One that acts by itself is given its defaults. */
  readonly args?: v.GenericSchema<unknown, Args>
  /** Changes the input, in place or by answering another one; or answers at once, by `context.answer(output)`. */
  before?(input: Input, context: InjectionContext<Args>): Either<Input | Answer | void>
  /** Changes the output, in place or by answering another one. It is not asked about errors. */
  after?(output: Output, context: InjectionContext<Args>): Either<Output | void>
  /** Calls on, or does not, or twice. `next` rejects with the error that the operation answers. */
  around?(
    input: Input,
    next: (input?: Input) => Promise<Output>,
    context: InjectionContext<Args>,
  ): Either<Output | void>
  inject?(exchange: Exchange, next: Hop, args: Args): Either<Outcome>
}

/** Names, where `*` stands for anything; of a list one is enough. Everything, when nothing is said. */
export interface InjectionOn {
  readonly service?: string | readonly string[]
  readonly operation?: string | readonly string[]
}

export type InjectionLeg = Exclude<Leg, 'wire'>

export interface InjectionContext<Args> extends CallContext {
  readonly args: Args
  /** What the client sent. */
  readonly input: Members
  /** For `before`: the answer, without calling on. */
  readonly answer: (output: Members) => Answer
}

/** A plugin's default export. */
export interface DefinedInjector {
  readonly kind: 'injector'
  readonly name: string | undefined
  readonly definition: InjectorDefinition<unknown>
}

/** Throws a PipitError for a definition that cannot be. */
export function defineInjector<Args = undefined, Input = Members, Output = Members>(
  definition: InjectorDefinition<Args, Input, Output>,
): DefinedInjector {
  const complaint = definitionComplaint(schema, definition)
  if (complaint !== undefined) throw new PipitError('bad-plugin', `defineInjector: ${complaint}`)
  return { kind: 'injector', name: definition.name, definition: definition as unknown as InjectorDefinition<unknown> }
}

/** What a rule says beside `use`, checked; nothing is the same as `{}`. Throws a PipitError with the complaint. */
export function readArgs({ definition, name }: DefinedInjector, args: unknown): unknown {
  if (definition.args === undefined) {
    if (args === undefined) return undefined
    throw new PipitError('bad-args', `the injector ${name} takes no args`)
  }
  const read = v.safeParse(definition.args, args ?? {})
  if (read.success) return read.output
  const [issue] = read.issues
  const path = v.getDotPath(issue)
  throw new PipitError('bad-args', `the injector ${name}: args${path === null ? '' : `.${path}`}: ${issue.message}`)
}

const NAME = 'expected a name of letters, digits and dashes, like "shout"'
const LEGS = ['client', 'mock', 'upstream', 'replay'] as const
const names = v.optional(v.union([v.string(), v.array(v.string())], 'expected a name like "sqs", or a list of them'))
const code = v.optional(v.function('expected a function'))

const schema = v.pipe(
  strictly({
    name: v.optional(v.pipe(v.string(NAME), v.regex(/^[A-Za-z][A-Za-z0-9-]{0,62}$/, NAME))),
    on: v.optional(strictly({ service: names, operation: names })),
    at: v.optional(v.picklist(LEGS, `expected one of ${LEGS.join(', ')}`)),
    args: v.optional(v.custom((given) => isSchema(given), 'expected a schema, like v.object({ … })')),
    before: code,
    after: code,
    around: code,
    inject: code,
  }),
  v.check(
    ({ before, after, around, inject }) => (before ?? after ?? around ?? inject) !== undefined,
    'expected one of before, after, around, inject',
  ),
  v.check(
    ({ before, after, around, inject }) => inject === undefined || (before ?? after ?? around) === undefined,
    'inject stands alone: it sees HTTP, before, after and around see what was decoded',
  ),
  v.check(({ on, at }) => at === undefined || on !== undefined, 'at is for one that acts by itself: say on, too'),
)

function isSchema(given: unknown): boolean {
  return typeof given === 'object' && given !== null && '~run' in given
}
