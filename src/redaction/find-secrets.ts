import { isSecretName, NAME_ENDS, NAME_HINTS } from './secret-names.ts'
import { quoteAt, quotedEnd, scalarsOf, type Span } from './quoted.ts'
import { type View, viewsOf } from './views.ts'

export type SecretKind = 'access-key' | 'jwt' | 'pem' | 'github-token' | 'slack-token' | 'stripe-key' | 'named'

/** A part of a text that is to be replaced. */
export interface Secret extends Span {
  readonly kind: SecretKind
  /** What has to stand on both sides of what replaces it: the quotes of a JSON text, where a number is replaced. */
  readonly quote: string
}

const SHAPE_HINTS = /AKIA|ASIA|eyJ|-----BEGIN|gh[pousr]_|github_pat_|xox[a-z]-|[sr]k_live_/

/** Alternatives that never fail once begun, or give up within a bounded number of characters: so the scan is linear. */
const SHAPES =
  /((?:AKIA|ASIA)[A-Z0-9]{16,})|(eyJ[\w-]*(\.[\w-]{4,}\.[\w.-]*)?)|(-----BEGIN [A-Z0-9 ]{1,64}-----)|((?:gh[pousr]|github_pat)_\w{8,})|(xox[a-z]-[A-Za-z0-9-]{8,})|([sr]k_live_\w{8,})/g

/**
 * The secrets in a text, in order, none overlapping another: by their shapes, and by the names they stand under in JSON
 * (nested in strings as deep as it may be), in forms, in XML, in heads and settings (`password: x`). It says where they
 * are; what replaces them is the caller's affair. Linear in the text's length, whatever the text is.
 */
export function findSecrets(text: string): Secret[] {
  const mayHaveShapes = SHAPE_HINTS.test(text)
  const mayHaveNames = NAME_HINTS.test(text) || /\\u00|%[2-7][0-9a-f]/i.test(text)
  if (!mayHaveShapes && !mayHaveNames) return []
  const found: Secret[] = mayHaveShapes ? byShape(text) : []
  if (mayHaveNames) for (const view of viewsOf(text)) byName(view, text, found)
  return merged(found)
}

function byShape(text: string): Secret[] {
  const found: Secret[] = []
  const shapes = new RegExp(SHAPES)
  for (let match = shapes.exec(text); match !== null; match = shapes.exec(text)) {
    const start = match.index
    const [, accessKey, jwt, jwtRest, pem, github, slack] = match
    if (jwt !== undefined && jwtRest === undefined) continue
    if (pem !== undefined) shapes.lastIndex = pemEnd(text, shapes.lastIndex)
    found.push({ start, end: shapes.lastIndex, kind: kindOf(accessKey, jwt, pem, github, slack), quote: '' })
  }
  return found
}

function kindOf(accessKey?: string, jwt?: string, pem?: string, github?: string, slack?: string): SecretKind {
  if (accessKey !== undefined) return 'access-key'
  if (jwt !== undefined) return 'jwt'
  if (pem !== undefined) return 'pem'
  if (github !== undefined) return 'github-token'
  return slack === undefined ? 'stripe-key' : 'slack-token'
}

/** Without its last line, the rest of the text is the key. */
function pemEnd(text: string, from: number): number {
  const last = text.indexOf('-----END', from)
  const end = last < 0 ? -1 : text.indexOf('-----', last + 8)
  return end < 0 ? text.length : end + 5
}

/** Longer names are no names. */
const LONGEST_PREFIX = 64

function byName(view: View, raw: string, found: Secret[]): void {
  const { text } = view
  const ends = new RegExp(NAME_ENDS)
  for (let match = ends.exec(text); match !== null; match = ends.exec(text)) {
    const nameEnd = match.index + match[0].length
    const nameStart = nameStartOf(text, match.index)
    if (!isSecretName(text.slice(nameStart, nameEnd))) continue
    const value = valueOf(text, nameStart, nameEnd)
    if (value === undefined) continue
    for (const { start, end } of value.spans) {
      const isBare = value.quote !== '' && quoteAt(text, start - 1) === undefined
      const quote = isBare ? quoteBefore(view, raw, nameStart) : ''
      found.push({ start: view.rawIndex(start), end: view.rawIndex(end), kind: 'named', quote })
    }
    ends.lastIndex = Math.max(value.end, nameEnd)
  }
}

/** The quote before a name as it is written in the text itself: `"`, `\"`, `%22`, `&quot;`. */
function quoteBefore(view: View, raw: string, nameStart: number): string {
  const { text } = view
  let start = nameStart - 1
  while (text[start - 1] === '\\') start--
  return raw.slice(view.rawIndex(start), view.rawIndex(nameStart))
}

function nameStartOf(text: string, from: number): number {
  let start = from
  while (start > 0 && from - start < LONGEST_PREFIX && /[\w-]/.test(text[start - 1] as string)) start--
  // `\nauthorization: …` in an escaped text: the n is a line break's.
  if (/^[nrt]$/.test(text[start] ?? '') && text[start - 1] === '\\' && start < from) start++
  return start
}

interface Value {
  readonly spans: readonly Span[]
  readonly end: number
  /** That of its name; empty when the name has none. */
  readonly quote: string
}

const SEPARATOR = /((?:\\{0,31}["'])?)\s{0,256}(=>|[:=])\s{0,256}/y
const ELEMENT = /(?:\s[^<>]{0,256})?>/y
/** `…Name=password&…Value.StringValue=x`, `"Name":"password","Value":"x"`, `<Name>password</Name><Value>x`. */
const PAIRED_JSON = /\\{0,31}"\s{0,256},\s{0,256}\\{0,31}"value(\\{0,31}")\s{0,256}:\s{0,256}/iy
const PAIRED_XML = /<\/(?:Name|Key)>\s{0,256}<Value>/y

function valueOf(text: string, nameStart: number, nameEnd: number): Value | undefined {
  const before = text[nameStart - 1]
  if (before === '<' || (before === ':' && after(ELEMENT, text, nameEnd) !== undefined)) {
    const inside = after(ELEMENT, text, nameEnd)
    return inside && upTo(text, inside.end, /[^<]*/y)
  }
  const separator = after(SEPARATOR, text, nameEnd) ?? after(PAIRED_JSON, text, nameEnd)
  if (separator !== undefined) return separated(text, separator, text.slice(nameStart, nameEnd))
  const xml = before === '>' ? after(PAIRED_XML, text, nameEnd) : undefined
  if (xml !== undefined) return textNodes(text, xml.end)
  return before === '=' ? pairedForm(text, nameStart, nameEnd) : undefined
}

interface Match {
  readonly end: number
  readonly groups: readonly (string | undefined)[]
}

function after(pattern: RegExp, text: string, from: number): Match | undefined {
  pattern.lastIndex = from
  const match = pattern.exec(text)
  return match === null ? undefined : { end: pattern.lastIndex, groups: match }
}

function separated(text: string, separator: Match, name: string): Value | undefined {
  const start = separator.end
  const [, quote = '', sign] = separator.groups
  const opening = quoteAt(text, start)
  if (opening !== undefined) {
    const end = quotedEnd(text, opening)
    if (end !== undefined) return { spans: spanned(opening.end, end), end, quote }
  }
  if (quote !== '' && /[{[]/.test(text[start] ?? '')) return { ...scalarsOf(text, start), quote }
  if (quote !== '') return { ...upTo(text, start, /(?!(?:true|false|null)\b)[^\s,}\]\\"]*/y), quote }
  // `password:` at the end of its line has nothing that would be secret; the next line says something else.
  if (/[\r\n]/.test(separator.groups[0] ?? '')) return undefined
  if (sign !== '=' && /(?:authorization|cookie)$/i.test(name))
    return upTo(text, start, /(?:="[^"\\\r\n]*"|[^"'\\\r\n])*/y)
  return upTo(text, start, /[^\s&;,"'<>()}\\]*/y)
}

function upTo(text: string, start: number, pattern: RegExp): Value {
  const end = after(pattern, text, start)?.end ?? start
  return { spans: spanned(start, end), end, quote: '' }
}

function spanned(start: number, end: number): Span[] {
  return end > start ? [{ start, end }] : []
}

/** Everything between tags, up to the end of the value. */
function textNodes(text: string, from: number): Value {
  const spans: Span[] = []
  let at = from
  while (at < text.length && !text.startsWith('</Value>', at)) {
    if (text[at] === '<') {
      const close = text.indexOf('>', at)
      at = close < 0 ? text.length : close + 1
      continue
    }
    const next = text.indexOf('<', at)
    const end = next < 0 ? text.length : next
    spans.push({ start: at, end })
    at = end
  }
  return { spans, end: at, quote: '' }
}

const PREFIX = /[&?]?([\w.]{0,128})(?:Name|key)=$/i
const PARAMETER = /&([\w.]{1,160})=([^&\s]*)/y

/** The parameters after `X.Name=password` that are called `X.Value…`. */
function pairedForm(text: string, nameStart: number, nameEnd: number): Value | undefined {
  const prefix = PREFIX.exec(text.slice(Math.max(0, nameStart - 140), nameStart))?.[1]
  if (prefix === undefined) return undefined
  const spans: Span[] = []
  let at = nameEnd
  for (let next = after(PARAMETER, text, at); next !== undefined; next = after(PARAMETER, text, at)) {
    const [, name = '', value = ''] = next.groups
    if (!name.startsWith(prefix) || !/^value/i.test(name.slice(prefix.length))) break
    spans.push(...spanned(next.end - value.length, next.end))
    at = next.end
  }
  return { spans, end: at, quote: '' }
}

/** In order; where two overlap they are one. */
function merged(found: Secret[]): Secret[] {
  const result: Secret[] = []
  for (const secret of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1)
    if (last === undefined || secret.start >= last.end) result.push(secret)
    else if (secret.end > last.end) result[result.length - 1] = { ...last, end: secret.end }
  }
  return result
}
