import * as v from 'valibot'
import { PipitError } from '../../core/errors.ts'
import { type FinitePattern, finitePattern, writtenPattern } from '../../core/finite-pattern.ts'
import { glob, isGlob } from '../../core/glob.ts'
import { either } from '../../core/either.ts'
import { oneOrList } from '../../core/one-or-list.ts'
import { strictly } from '../../core/strictly.ts'

type Scalar = string | number | boolean

/** `orders*`, `/^orders-\d+$/`, 2, a list of which one must fit, or `{ not: … }`. */
export type Pattern = Scalar | readonly Scalar[] | { readonly not: Scalar | readonly Scalar[] }

/** What is not there fits nothing but a `not`. */
export type Fits = (text: string | undefined) => boolean

const EXPECTED = 'expected a text, a number, a list of them, or { not: … }'

/** Longer ones are not typed by hand. */
const LONGEST_TEXT = 1000
const MOST_ALTERNATIVES = 100

const scalar = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], EXPECTED),
  v.rawCheck<Scalar>(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const text = String(dataset.value)
    const written = writtenPattern(text)
    if (text.length > LONGEST_TEXT) addIssue({ message: `is longer than ${LONGEST_TEXT} characters` })
    if (written !== undefined) refuseWrong(written, (message) => addIssue({ message }))
  }),
)

const alternatives = v.pipe(
  v.array(scalar, EXPECTED),
  v.minLength(1, 'expected at least one'),
  v.maxLength(MOST_ALTERNATIVES, `expected at most ${MOST_ALTERNATIVES}`),
)

const some = oneOrList(scalar, alternatives)

export const pattern: v.GenericSchema<unknown, Pattern> = oneOrList(
  either(scalar, strictly({ not: some })),
  alternatives,
)

function refuseWrong(written: Parameters<typeof finitePattern>[0], refuse: (message: string) => void): void {
  try {
    finitePattern(written)
  } catch (error) {
    if (!(error instanceof PipitError)) throw error
    refuse(`the pattern ${error.message}`)
  }
}

export function compilePattern(written: Pattern): Fits {
  const { scalars, isWanted } = partsOf(written)
  const tests = scalars.map(testOf)
  const [only] = tests
  if (tests.length === 1 && only !== undefined && isWanted) return (text) => text !== undefined && only(text)
  return (text) => (text !== undefined && tests.some((test) => test(text))) === isWanted
}

/** One alternative of a pattern, as somebody wrote it. */
export interface Alternative {
  readonly text: string
  /** It stands for itself: it is no glob and no regular expression. */
  readonly isPlain: boolean
  readonly fits: (text: string) => boolean
}

/** All of them, for whoever knows which texts there can be. */
export function alternativesOf(written: Pattern): readonly Alternative[] {
  return partsOf(written).scalars.map((part) => {
    const text = String(part)
    return { text, isPlain: writtenPattern(text) === undefined && !isGlob(text), fits: testOf(part) }
  })
}

function partsOf(written: Pattern): { readonly scalars: readonly Scalar[]; readonly isWanted: boolean } {
  const isWanted = typeof written !== 'object' || Array.isArray(written)
  const parts = isWanted
    ? (written as Scalar | readonly Scalar[])
    : (written as { not: Scalar | readonly Scalar[] }).not
  return { scalars: Array.isArray(parts) ? (parts as readonly Scalar[]) : [parts as Scalar], isWanted }
}

function testOf(part: Scalar): (text: string) => boolean {
  const text = String(part)
  const written = writtenPattern(text)
  return written === undefined ? glob(text) : patient(finitePattern(written))
}

/** One that has once taken too long fits nothing from then on: the next text may take as long. */
function patient(fits: FinitePattern): (text: string) => boolean {
  let isTooSlow = false
  return (text) => {
    if (isTooSlow) return false
    const isFit = fits(text)
    isTooSlow = isFit === undefined
    return isFit === true
  }
}
