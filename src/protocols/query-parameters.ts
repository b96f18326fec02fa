import { isUtf8 } from 'node:buffer'
import type { HttpRequest } from '../core/exchange.ts'
import { percentDecoded } from '../core/percent.ts'
import { protocolError } from './protocol-errors.ts'
import { queryOf } from './target.ts'

/** `Tag.1.Key=a` is the value `a` three levels down: parameters as a tree of their dotted names. */
export interface Parameter {
  value: string | undefined
  children: ReadonlyMap<string, Parameter>
}

/** Of most parameters: no map is made for nothing. */
const NO_CHILDREN: ReadonlyMap<string, Parameter> = new Map()

/** The largest honest request, ten messages of ten attributes each, has about 400. */
const MOST_PARAMETERS = 5000
/** `SendMessageBatchRequestEntry.member.1.MessageAttribute.1.Value.BinaryListValue.member.1` has nine. */
const DEEPEST_NAME = 12

export function isForm(contentType: string | undefined): boolean {
  return contentType !== undefined && /^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)
}

/**
 * Parameters of the URL, then those of the form. Where one is given twice, the first counts.
 */
export function readParameters(request: HttpRequest, withBody: boolean): Parameter {
  const root: Parameter = { value: undefined, children: NO_CHILDREN }
  // Node hands out the bytes of a request line as latin1; curl sends what it was given.
  let count = addAll(root, utf8(Buffer.from(queryOf(request.target), 'latin1')), 0)
  if (withBody) count = addAll(root, utf8(request.body), count)
  return root
}

function utf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw protocolError('MalformedInput', 'The request parameters are not valid UTF-8.')
  return bytes.toString('utf8')
}

function addAll(root: Parameter, text: string, countBefore: number): number {
  let count = countBefore
  for (let start = 0; start < text.length;) {
    const ampersand = text.indexOf('&', start)
    const end = ampersand < 0 ? text.length : ampersand
    if (++count > MOST_PARAMETERS)
      throw protocolError('MalformedInput', `A request has at most ${MOST_PARAMETERS} parameters.`)
    if (end > start) add(root, text.slice(start, end))
    start = end + 1
  }
  return count
}

function add(root: Parameter, pair: string): void {
  const equals = pair.indexOf('=')
  const name = unescape(equals < 0 ? pair : pair.slice(0, equals))
  const value = equals < 0 ? '' : unescape(pair.slice(equals + 1))
  const segments = name.split('.', DEEPEST_NAME + 1)
  if (segments.length > DEEPEST_NAME) return // no shape is so deep: an unknown parameter, ignored like any other
  let parameter = root
  for (const segment of segments) parameter = parameter.children.get(segment) ?? addChild(parameter, segment)
  parameter.value ??= value
}

function addChild(parameter: Parameter, name: string): Parameter {
  const child: Parameter = { value: undefined, children: NO_CHILDREN }
  if (parameter.children === NO_CHILDREN) parameter.children = new Map([[name, child]])
  else (parameter.children as Map<string, Parameter>).set(name, child)
  return child
}

function unescape(text: string): string {
  const decoded = percentDecoded(text.includes('+') ? text.replaceAll('+', ' ') : text)
  if (decoded !== undefined) return decoded
  throw protocolError('MalformedInput', 'A request parameter is not valid percent-encoded UTF-8.')
}
