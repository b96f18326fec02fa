/** A kind of value that a client makes up anew in every run, known by its shape. */
export type TokenKind = 'uuid' | 'ulid' | 'ksuid' | 'hex' | 'nanoid' | 'iso' | 'epoch'

/** What a number must mean as a time to be one, in milliseconds since 1970: from the first up to before the second. */
export interface EpochWindow {
  readonly fromMs: number
  readonly untilMs: number
}

/** Whatever clock a program has. Whoever knows when a text was written has a narrower one. */
export const PLAUSIBLE_EPOCHS: EpochWindow = { fromMs: Date.UTC(2015), untilMs: Date.UTC(2050) }

/** What may stand before a token: no letter and no digit, unless they are an escape of JSON or of a URL. */
const BEFORE = String.raw`(?:(?<![A-Za-z0-9])|(?<=\\[bfnrt])|(?<=\\u[0-9A-Fa-f]{4})|(?<=%[0-9A-Fa-f]{2}))`
const AFTER = '(?![A-Za-z0-9])'

/** Every token begins so, and hardly a word does: looked at first, it makes most of a text cheap. */
const LONG_ENOUGH = '(?=[0-9A-Za-z-]{10})'

/** Each with a form of its own. Of several at one place the first wins. */
const FORMS: Readonly<Record<Exclude<TokenKind, 'nanoid'>, string>> = {
  uuid: '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}',
  iso: String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?|\d{8}T\d{6}Z`,
  // Digits alone are a number, here and in the next one.
  ulid: String.raw`(?=\d*[A-Za-z])[0-7](?:[0-9A-HJKMNP-TV-Z]{25}|[0-9a-hjkmnp-tv-z]{25})`,
  // The last is X-Ray's: a time and a number, both in hex.
  hex: String.raw`(?=\d*[A-Fa-f])(?:[0-9a-f]{16,}|[0-9A-F]{16,})|1-[0-9a-f]{8}-[0-9a-f]{24}`,
  ksuid: '[0-9A-Za-z]{27}',
  epoch: String.raw`(?<!\.)(?:\d{10}(?:\.\d{1,9})?|\d{13}|\d{16}|\d{19})(?!\.\d)`,
}

const FORMED = new RegExp(
  `${LONG_ENOUGH}${BEFORE}(?:${Object.entries(FORMS)
    .map(([kind, form]) => `(?<${kind}>${form})`)
    .join('|')})${AFTER}`,
  'g',
)

/** A nanoid is a nanoid for looking like nothing else; words before it, with a dash behind each, are no part of it. */
const RUN = new RegExp(`(?=[A-Za-z0-9_-]{21})${BEFORE}[A-Za-z0-9_-]{21,}${AFTER}`, 'g')
const NANOID_LENGTH = 21

/** The kind of a text that is a token from end to end. */
export function tokenKind(text: string, epochs = PLAUSIBLE_EPOCHS): TokenKind | undefined {
  let found: TokenKind | undefined
  replaceTokens(
    text,
    (kind, token) => {
      if (token.length === text.length) found = kind
      return token
    },
    epochs,
  )
  return found
}

/** A text with something else in the place of each token in it: of JSON, names, URLs and ARNs, too. */
export function replaceTokens(
  text: string,
  replace: (kind: TokenKind, token: string) => string,
  epochs = PLAUSIBLE_EPOCHS,
): string {
  let replaced = ''
  let from = 0
  for (const match of text.matchAll(FORMED)) {
    const [token] = match
    const kind = kindOf(match.groups as Record<string, string | undefined>)
    if (!isReally(kind, token, epochs)) continue
    replaced += replaceNanoids(text.slice(from, match.index), replace) + replace(kind, token)
    from = match.index + token.length
  }
  return from === 0 ? replaceNanoids(text, replace) : replaced + replaceNanoids(text.slice(from), replace)
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): TokenKind {
  return (Object.keys(FORMS) as TokenKind[]).find((kind) => groups[kind] !== undefined) as TokenKind
}

/** What a form alone does not say. */
function isReally(kind: TokenKind, token: string, { fromMs, untilMs }: EpochWindow): boolean {
  if (kind === 'ksuid') return isScrambled(token)
  if (kind !== 'epoch') return true
  const ms = epochMs(token)
  return ms >= fromMs && ms < untilMs
}

/** Seconds have ten digits since 2001, and each finer unit has three more. */
function epochMs(digits: string): number {
  const whole = digits.split('.', 1)[0] as string
  return Number(digits) * 10 ** (13 - whole.length)
}

function replaceNanoids(text: string, replace: (kind: TokenKind, token: string) => string): string {
  if (text.length < NANOID_LENGTH) return text
  return text.replace(RUN, (run) => {
    const words = wordsBefore(run)
    const token = run.slice(words)
    return isScrambled(token) ? run.slice(0, words) + replace('nanoid', token) : run
  })
}

const WORD = /[a-z]{2,}[-_]/y

/** How long the words are that stand before what may be a nanoid. */
function wordsBefore(run: string): number {
  WORD.lastIndex = 0
  let length = 0
  while (WORD.test(run) && run.length - WORD.lastIndex >= NANOID_LENGTH) length = WORD.lastIndex
  return length
}

/** In random characters two neighbours are of different classes three times in five; in names, however mixed, rarely. */
const LEAST_CHANGES = 0.4

function isScrambled(text: string): boolean {
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text)) return false
  let changes = 0
  for (let i = 1; i < text.length; i++) if (classOf(text, i) !== classOf(text, i - 1)) changes++
  return changes >= LEAST_CHANGES * (text.length - 1)
}

function classOf(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code >= 97 && code <= 122) return 0
  if (code >= 65 && code <= 90) return 1
  return code >= 48 && code <= 57 ? 2 : 3
}
