/** How the body after a head ends: after so many bytes, by its own frames, with the connection, or it is no body. */
export type Framing = number | 'chunked' | 'until-close'

const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) HTTP\/1\.[01]$/
const STATUS_LINE = /^HTTP\/1\.[01] ([1-9]\d\d)(?: (.*))?$/

/** The part of a message before its body. `text` is in latin1 and ends with the last header's line break. */
class Head {
  readonly text: string
  /** With the empty line that ends it. */
  readonly sizeBytes: number
  #rawHeaders: readonly string[] | undefined

  constructor(text: string) {
    this.text = text
    this.sizeBytes = text.length + 2
  }

  /** Name, value, name, value … as they were written. */
  get rawHeaders(): readonly string[] {
    return (this.#rawHeaders ??= headersOf(this.text))
  }

  /** `undefined`: the head contradicts itself, and nobody can say where the message ends. */
  protected bodyFraming(without: Framing): Framing | undefined {
    const { text } = this
    let framing: Framing | undefined
    // Every message comes through here: no line is cut out that does not say where its message ends.
    for (let at = text.indexOf('\n') + 1; at < text.length; at = text.indexOf('\n', at) + 1) {
      if (isNamed(text, at, 'content-length')) {
        if (typeof framing === 'string') continue
        const value = valueAt(text, at + 'content-length:'.length)
        const length = /^\d{1,15}$/.test(value) ? Number(value) : -1
        if (length < 0 || (framing !== undefined && framing !== length)) return undefined
        framing = length
      } else if (isNamed(text, at, 'transfer-encoding')) {
        // The last coding decides; without `chunked` the message ends with the connection.
        const codings = valueAt(text, at + 'transfer-encoding:'.length)
        framing = /(?:^|,)\s*chunked$/i.test(codings) ? 'chunked' : 'until-close'
      }
    }
    return framing ?? without
  }
}

const COLON = 58

/** Does a header of this name, in any case, begin here? */
function isNamed(text: string, at: number, name: string): boolean {
  if (text.charCodeAt(at + name.length) !== COLON || (text.charCodeAt(at) | 32) !== name.charCodeAt(0)) return false
  return text.slice(at, at + name.length).toLowerCase() === name
}

function valueAt(text: string, at: number): string {
  return text.slice(at, text.indexOf('\r\n', at)).trim()
}

export class RequestHead extends Head {
  readonly method: string
  readonly target: string

  private constructor(text: string, method: string, target: string) {
    super(text)
    this.method = method
    this.target = target
  }

  /** `undefined` for what is no request of HTTP/1. */
  static read(text: string): RequestHead | undefined {
    const [, method, target] = REQUEST_LINE.exec(firstLineOf(text)) ?? []
    return method === undefined || target === undefined ? undefined : new RequestHead(text, method, target)
  }

  get framing(): Framing | undefined {
    const framing = this.bodyFraming(0)
    // Only an answer can end with its connection.
    return framing === 'until-close' ? undefined : framing
  }
}

export class ResponseHead extends Head {
  readonly status: number
  readonly reason: string

  private constructor(text: string, status: number, reason: string) {
    super(text)
    this.status = status
    this.reason = reason
  }

  static read(text: string): ResponseHead | undefined {
    const [, status, reason = ''] = STATUS_LINE.exec(firstLineOf(text)) ?? []
    return status === undefined ? undefined : new ResponseHead(text, Number(status), reason)
  }

  /** Another answer to the same request follows: `100 Continue`. */
  get isInterim(): boolean {
    return this.status < 200 && this.status !== 101
  }

  framingFor(method: string): Framing | undefined {
    const { status } = this
    if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return 0
    return this.bodyFraming('until-close')
  }

  /** From here on the connection speaks something else. */
  switches(method: string): boolean {
    return this.status === 101 || (method === 'CONNECT' && this.status >= 200 && this.status < 300)
  }
}

function firstLineOf(text: string): string {
  return text.slice(0, text.indexOf('\r\n'))
}

function headersOf(text: string): string[] {
  const rawHeaders: string[] = []
  for (const line of text.split('\r\n').slice(1, -1)) {
    const colon = line.indexOf(':')
    if (colon > 0) rawHeaders.push(line.slice(0, colon), line.slice(colon + 1).trim())
    // A folded line belongs to the one before.
    else if (rawHeaders.length > 0) rawHeaders.push(`${rawHeaders.pop()} ${line.trim()}`)
  }
  return rawHeaders
}
