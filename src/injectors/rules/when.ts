import * as v from 'valibot'
import { duration, parseDuration } from '../../core/duration.ts'
import { oneOrList } from '../../core/one-or-list.ts'
import { strictly } from '../../core/strictly.ts'

/** How often, of those that match. Everything that is said must hold. */
export interface When {
  readonly first?: number
  /** So many matches do not count: the next one is the first. */
  readonly after?: number
  /** The how-many-th match, from 1. */
  readonly nth?: number | readonly number[]
  readonly every?: number
  /** At most so often. */
  readonly times?: number
  /** `30%` or 0.3. */
  readonly rate?: number | string
  /** What a rate draws by: what the call says, or the how-many-th match it is. */
  readonly key?: 'content' | 'sequence'
  /** Durations count from when the rule was armed; moments are ISO 8601. */
  readonly from?: string | number
  readonly until?: string | number
  readonly for?: string | number
  readonly flap?: { readonly on: string | number; readonly off: string | number }
  /** Exactly these calls, as an export writes them: no chance is left. */
  readonly keys?: readonly string[]
}

const COUNT = 'expected a whole number from 1'
const MOST = 1e9
const count = v.pipe(v.number(COUNT), v.integer(COUNT), v.minValue(1, COUNT), v.maxValue(MOST, COUNT))

const MOST_NTHS = 1000
const nth = oneOrList(
  count,
  v.pipe(v.array(count), v.minLength(1, COUNT), v.maxLength(MOST_NTHS, `expected at most ${MOST_NTHS}`)),
)

const RATE = 'expected a rate like 30% or 0.3'
const rate = v.pipe(
  v.union([v.number(), v.string()], RATE),
  v.check((given) => parseRate(given) !== undefined, RATE),
)

const MOMENT = 'expected a duration like "30s", or a moment like "2026-12-24T18:00:00Z"'
const moment = v.pipe(
  v.union([v.string(), v.number()], MOMENT),
  v.check((given) => parseDuration(given) !== undefined || !Number.isNaN(parseMoment(given)), MOMENT),
)

const span = v.pipe(duration, v.minValue(1, 'expected a duration of at least 1ms'))

/** As many as a rule remembers of its firings. */
export const MOST_KEYS = 10_000
const KEY = 'expected what an export writes: words, and a key like 1f0a9b37c2d4e688#1'
const key = v.pipe(v.string(KEY), v.maxLength(500, KEY), v.regex(/(?:^|\s)[0-9a-f]{16}#\d{1,9}$/, KEY))

export const when = v.pipe(
  strictly({
    first: v.optional(count),
    after: v.optional(count),
    nth: v.optional(nth),
    every: v.optional(count),
    times: v.optional(count),
    rate: v.optional(rate),
    key: v.optional(v.picklist(['content', 'sequence'], 'expected content or sequence')),
    from: v.optional(moment),
    until: v.optional(moment),
    for: v.optional(span),
    flap: v.optional(strictly({ on: span, off: span })),
    keys: v.optional(v.pipe(v.array(key, KEY), v.maxLength(MOST_KEYS, `expected at most ${MOST_KEYS} keys`))),
  }),
  v.check((given) => given.key === undefined || given.rate !== undefined, 'key says what a rate draws by: add rate'),
)

/** What a decision is made of. */
export interface Occasion {
  /** The how-many-th match within the time that the rule is on, from 1. */
  readonly index: number
  /** How often it has applied before. */
  readonly applied: number
  /** What the call says and the how-many-th that says it, as exports write it. */
  key(): string
  /** From 0 up to 1. */
  chance(by: 'content' | 'sequence'): number
}

/** A rule's `when` as code. Each answers the word by which `skippedBy` names the reason, or nothing. */
export interface CompiledWhen {
  /** It will never apply again, and why. */
  overAfter(counts: { readonly index: number; readonly applied: number }): string | undefined
  /** Is it on at a moment? Of a match outside, nothing is counted. */
  offAt(nowMs: number, armedAtMs: number): string | undefined
  skips(occasion: Occasion): string | undefined
  /** It always applies: nobody has to remember to which calls it did. */
  readonly isAlways: boolean
  /** It looks at the time. */
  readonly isTimed: boolean
}

export function compileWhen(written: When): CompiledWhen {
  const { first = Infinity, after = 0, nth: places, every = 1, times = Infinity } = written
  const nths = places === undefined ? undefined : new Set([places].flat())
  const share = written.rate === undefined ? 1 : (parseRate(written.rate) as number)
  const keys = written.keys && new Set(written.keys.map((text) => text.slice(text.lastIndexOf(' ') + 1)))
  const by = written.key ?? 'content'
  const isTimed = [written.from, written.until, written.for, written.flap].some((given) => given !== undefined)
  const lastNth = nths === undefined ? Infinity : Math.max(...nths)
  return {
    overAfter({ index, applied }) {
      if (index - after >= first) return 'first'
      if (index - after >= lastNth) return 'nth'
      return applied >= times ? 'times' : undefined
    },
    isAlways: Object.keys(written).length === 0,
    isTimed,
    offAt: isTimed ? timing(written) : () => undefined,
    skips(occasion) {
      if (keys !== undefined && !keys.has(occasion.key())) return 'keys'
      const index = occasion.index - after
      if (index < 1) return 'after'
      if (nths?.has(index) === false) return 'nth'
      if (index % every !== 0) return 'every'
      return share < 1 && occasion.chance(by) >= share ? 'rate' : undefined
    },
  }
}

function timing(written: When): CompiledWhen['offAt'] {
  const lastsMs = written.for === undefined ? Infinity : (parseDuration(written.for) as number)
  const onMs = parseDuration(written.flap?.on) ?? Infinity
  const offMs = parseDuration(written.flap?.off) ?? 0
  return (nowMs, armedAtMs) => {
    const fromMs = momentOf(written.from ?? 0, armedAtMs)
    if (nowMs < fromMs) return 'from'
    if (written.until !== undefined && nowMs >= momentOf(written.until, armedAtMs)) return 'until'
    if (nowMs >= fromMs + lastsMs) return 'for'
    return written.flap !== undefined && (nowMs - fromMs) % (onMs + offMs) >= onMs ? 'flap' : undefined
  }
}

function momentOf(given: string | number, armedAtMs: number): number {
  const ms = parseDuration(given)
  return ms === undefined ? parseMoment(given) : armedAtMs + ms
}

function parseMoment(given: string | number): number {
  return typeof given === 'string' && /^\d{4}-\d\d-\d\d/.test(given) ? Date.parse(given) : NaN
}

function parseRate(given: string | number): number | undefined {
  const [, percent] = typeof given === 'string' ? (/^\s*(\d{1,3}(?:\.\d{1,9})?)\s*%\s*$/.exec(given) ?? []) : []
  const share = percent === undefined ? Number(given) : Number(percent) / 100
  return share >= 0 && share <= 1 ? share : undefined
}
