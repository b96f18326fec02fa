import type { Exchange } from '../../core/exchange.ts'
import type { Service } from '../../core/service.ts'
import { type CompiledRule, missesPlace } from './compiled-rule.ts'
import { DIMENSION_NAMES, DIMENSIONS, type DimensionName } from './dimensions.ts'
import type { Place } from './on.ts'
import type { Tally } from './tally.ts'

/** A rule that may match at a place. */
export interface Candidate {
  readonly rule: CompiledRule
  readonly tally: Tally
  /** How often each of its tests of a request did not hold. */
  readonly misses: number[]
}

/** All calls of one place. */
export interface Cell {
  readonly place: Place
  readonly candidates: readonly Candidate[]
  seen: number
}

/** By the values of one dimension after the other. */
type Branch = Map<string | undefined, Branch | Cell>

/** Of one operation: by as many dimensions as a rule for it looks at. */
interface OfOperation {
  readonly dimensions: readonly DimensionName[]
  readonly root: Branch
}

/** A client that makes up names must not fill the memory; places beyond are worked out each time. */
const MOST_CELLS = 2000

/**
 * The rules of one leg in one session, by the place of a call: which rules may match there is worked out when it is
 * first seen. A call that no rule is for costs a few look-ups, however many rules there are. What was seen is counted
 * here, and written down in the tallies when somebody wants to know.
 */
export class PlaceIndex {
  readonly #session: string
  readonly #rules: readonly CompiledRule[]
  readonly #tallyOf: (rule: CompiledRule) => Tally
  readonly #byService = new Map<string, Map<string | undefined, OfOperation>>()
  #cellCount = 0
  /** The latest of those that are not kept. */
  #loose: Cell | undefined

  constructor(session: string, rules: readonly CompiledRule[], tallyOf: (rule: CompiledRule) => Tally) {
    this.#session = session
    this.#rules = rules
    this.#tallyOf = tallyOf
  }

  /** The place of an exchange, where it is counted. */
  enter(exchange: Exchange, service: Service | undefined): Cell {
    const operation = DIMENSIONS.operation(exchange)
    const ofOperation = this.#byService.get(exchange.service)?.get(operation) ?? this.#add(exchange.service, operation)
    const { dimensions, root } = ofOperation
    let at: Branch | Cell | undefined = root.get(operation)
    for (let i = 0; i < dimensions.length && at !== undefined; i++)
      at = (at as Branch).get(DIMENSIONS[dimensions[i] as DimensionName](exchange, service))
    const cell = (at as Cell | undefined) ?? this.#addCell(ofOperation, exchange, service)
    cell.seen++
    return cell
  }

  /** Writes down in the tallies what was seen since the last time. */
  settle(): void {
    for (const byOperation of this.#byService.values())
      for (const { root } of byOperation.values()) for (const cell of cellsOf(root)) this.#settle(cell)
    if (this.#loose !== undefined) this.#settle(this.#loose)
  }

  #settle(cell: Cell): void {
    const { seen } = cell
    if (seen === 0) return
    cell.seen = 0
    for (const rule of this.#rules) {
      const tally = this.#tallyOf(rule)
      tally.considered += seen
      const miss = missesPlace(rule, cell.place)
      if (miss !== undefined) tally.skip(miss, seen)
    }
    for (const { rule, tally, misses } of cell.candidates)
      misses.forEach((count, index) => {
        if (count > 0) tally.skip(rule.on.request[index]?.reason ?? '', count)
        misses[index] = 0
      })
  }

  #add(service: string, operation: string | undefined): OfOperation {
    const place: Place = { session: this.#session, service, operation }
    const mayMatch = ({ on }: CompiledRule): boolean =>
      on.place.every(({ reason, fits }) => !(reason in place) || fits(place))
    const asked = new Set(this.#rules.filter(mayMatch).flatMap(({ on }) => on.place.map(({ reason }) => reason)))
    const made = { dimensions: DIMENSION_NAMES.filter((name) => asked.has(name) && !(name in place)), root: new Map() }
    if (this.#cellCount < MOST_CELLS) {
      let byOperation = this.#byService.get(service)
      if (byOperation === undefined)
        this.#byService.set(service, (byOperation = new Map<string | undefined, OfOperation>()))
      byOperation.set(operation, made)
    }
    return made
  }

  #addCell({ dimensions, root }: OfOperation, exchange: Exchange, service: Service | undefined): Cell {
    const path = (['operation', ...dimensions] as const).map(
      (name) => [name, DIMENSIONS[name](exchange, service)] as const,
    )
    const place: Place = { session: this.#session, service: exchange.service, ...Object.fromEntries(path) }
    const candidates = this.#rules
      .filter((rule) => missesPlace(rule, place) === undefined)
      .map((rule) => ({ rule, tally: this.#tallyOf(rule), misses: rule.on.request.map(() => 0) }))
    const cell: Cell = { place, candidates, seen: 0 }
    if (this.#cellCount >= MOST_CELLS) {
      if (this.#loose !== undefined) this.#settle(this.#loose)
      return (this.#loose = cell)
    }
    this.#cellCount++
    let branch = root
    for (const [, value] of path.slice(0, -1)) {
      const next = branch.get(value) ?? new Map()
      branch.set(value, next)
      branch = next as Branch
    }
    branch.set(path.at(-1)?.[1], cell)
    return cell
  }
}

function* cellsOf(branch: Branch): Generator<Cell> {
  for (const node of branch.values())
    if (node instanceof Map) yield* cellsOf(node)
    else yield node
}
