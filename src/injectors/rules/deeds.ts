import * as v from 'valibot'
import { type Delivery, type Outcome, withDisruption } from '../../core/exchange.ts'
import { chain, type Hop } from '../../core/hop.ts'
import { either } from '../../core/either.ts'
import { oneOrList } from '../../core/one-or-list.ts'
import { outcomeComplaint } from '../../core/outcome-complaint.ts'
import { strictly } from '../../core/strictly.ts'
import type { Act, Effect, Firing } from '../effect.ts'
import { bareValue, deedSchemas } from './deed-schemas.ts'
import { unknownWord } from './known-words.ts'
import type { NamedInjector, Vocabulary } from './vocabulary.ts'

/** One effect by its name: `{ latency: '200ms' }`; `{ use: name, args: … }`; the name alone where it needs no value. */
export type Deed = string | Readonly<Record<string, unknown>>

const EXPECTED = 'expected an effect like { latency: 200ms }, or a list of them'
const MOST_DEEDS = 20

/** A rule's `do`: what it does, by the words that there are. */
export function doSchema(vocabulary: Vocabulary) {
  const schemas = deedSchemas(vocabulary)
  const named = v.pipe(
    strictly({
      ...Object.fromEntries([...schemas].map(([name, args]) => [name, v.optional(args)])),
      use: v.optional(injectorName(Object.keys(vocabulary.injectors))),
      args: v.optional(v.unknown()),
    }),
    v.check(
      (deed) => Object.keys(deed).filter((name) => name !== 'args').length === 1,
      'expected one effect; several are a list of them',
    ),
    v.check((deed) => !('args' in deed) || 'use' in deed, 'args are those of an injector: say which one with use'),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return
      const { use, args } = dataset.value as { readonly use?: string; readonly args?: unknown }
      const message = use === undefined ? undefined : vocabulary.injectors[use]?.complaint?.(args)
      if (message !== undefined) addIssue({ message })
    }),
  )
  const word = v.pipe(
    v.string(EXPECTED),
    v.rawCheck<string>(({ dataset, addIssue }) => {
      if (!dataset.typed) return
      const { value } = dataset
      const schema = schemas.get(value)
      if (schema === undefined) addIssue({ message: unknownWord('effect', value, [...schemas.keys()]) })
      else if (bareValue(schema) === undefined) addIssue({ message: `${value} needs a value` })
    }),
  )
  const one = either(word, named)
  const list = v.pipe(v.array(one), v.minLength(1, EXPECTED), v.maxLength(MOST_DEEDS, `expected at most ${MOST_DEEDS}`))
  return oneOrList(one, list)
}

function injectorName(known: readonly string[]) {
  return v.pipe(
    v.string('expected the name of an injector'),
    v.check(
      (name) => known.includes(name),
      ({ input }) =>
        known.length === 0
          ? 'there are no injectors: they are given to createGateway({ injectors })'
          : unknownWord('injector', input, known),
    ),
  )
}

/** A deed, with what stands behind its name. */
export interface ReadDeed {
  readonly name: string
  readonly value: unknown
  /** `undefined`: of a service, or somebody's own. */
  readonly effect: Effect<unknown> | undefined
}

/** Of deeds that the schema has accepted. */
export function readDeeds(written: Deed | readonly Deed[], vocabulary: Vocabulary): readonly ReadDeed[] {
  const schemas = deedSchemas(vocabulary)
  return [written].flat().map((deed) => {
    if (typeof deed === 'object' && 'use' in deed) return { name: 'use', value: deed, effect: undefined }
    const [name, value] =
      typeof deed === 'string'
        ? [deed, bareValue(schemas.get(deed) as v.GenericSchema)?.value]
        : (Object.entries(deed)[0] as [string, unknown])
    return { name, value, effect: vocabulary.effects.find((effect) => effect.name === name) }
  })
}

/** All deeds of a rule as one act: the first outermost, those that may answer innermost, so that none is lost. */
export function compileDeeds(deeds: readonly ReadDeed[], vocabulary: Vocabulary): Act {
  const inOrder = [...deeds.filter((deed) => !mayAnswer(deed)), ...deeds.filter(mayAnswer)]
  const acts = inOrder.map((deed) => actOf(deed, vocabulary))
  const [only] = acts
  if (acts.length === 1 && only !== undefined) return only
  return (exchange, next, firing) =>
    chain(
      acts.map((act) => (at, inner) => act(at, inner, firing)),
      next,
    )(exchange)
}

/** All deeds of a rule as what becomes of the bytes of a connection, in the order in which they are written. */
export function compileDeliveries(deeds: readonly ReadDeed[]): (firing: Firing) => readonly Delivery[] {
  const all = deeds.flatMap(({ effect, value }) =>
    effect?.deliveries === undefined ? [] : [{ effect, args: v.parse(effect.args, value) }],
  )
  return (firing) => all.flatMap(({ effect, args }) => effect.deliveries?.(args, firing) ?? [])
}

function mayAnswer({ effect }: ReadDeed): boolean {
  return effect?.answers === true
}

function actOf({ name, value, effect }: ReadDeed, vocabulary: Vocabulary): Act {
  if (effect !== undefined) return effect.inject(v.parse(effect.args, value))
  if (name === 'use') {
    const { use, args } = value as { use: string; args?: unknown }
    return usingInjector(use, vocabulary.injectors[use] as NamedInjector, args)
  }
  const args = v.parse(deedSchemas(vocabulary).get(name) as v.GenericSchema, value)
  return disrupting(name, name.slice(name.indexOf('.') + 1), args)
}

/** Asks the service's own state to do it, and says so when it has. */
function disrupting(name: string, word: string, args: unknown): Act {
  return (exchange, next, firing) =>
    next(
      withDisruption(exchange, {
        name: word,
        args,
        draw: (key) => firing.draw(`${name} ${key}`),
        acted: (what) => firing.happened('before-commit', `${name.slice(0, -word.length)}${what}`),
      }),
    )
}

/** Somebody's own code says nothing of what it did: it was there, before the request was executed or after. */
function usingInjector(name: string, inject: NamedInjector, args: unknown): Act {
  return async (exchange, next, firing) => {
    let hasCalledOn = false
    const watched: Hop = (onward) => {
      hasCalledOn = true
      return next(onward)
    }
    let outcome: Outcome
    try {
      outcome = await inject(exchange, watched, args)
    } catch (error) {
      throw new Error(`the injector ${name} threw`, { cause: error })
    }
    const complaint = outcomeComplaint(outcome)
    if (complaint !== undefined) throw new Error(`the injector ${name} ${complaint}`)
    say(firing, name, hasCalledOn)
    return outcome
  }
}

function say(firing: Firing, name: string, hasCalledOn: boolean): void {
  firing.happened(hasCalledOn ? 'after-commit' : 'before-commit', name)
}
