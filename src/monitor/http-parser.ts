import type { Framing } from './http-head.ts'

/** What is made of the messages of one direction. */
export interface MessageHandler {
  /** A head has come whole, up to its empty line. Answers how its body ends; `not-http`: this is none, or none any more. */
  onHead(text: string): Framing | 'not-http'
  /** Of the body, without the frames of its chunks: from there up to there. */
  onBody(bytes: Buffer, start: number, end: number): void
  /** The message is whole. */
  onEnd(): void
  /** Not HTTP, or not any more: these bytes, and all that follow. */
  onRaw(bytes: Buffer): void
}

/** No server takes longer heads. */
const LONGEST_HEAD = 256 * 1024
/** A chunk's size in hexadecimal digits, with what may stand behind it. */
const LONGEST_SIZE_LINE = 1024
const HEAD_END = Buffer.from('\r\n\r\n')
const [CR, LF] = [13, 10]

type State = 'head' | 'body' | 'until-close' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailers' | 'raw'

/**
 * Finds the messages in one direction of an HTTP/1 connection, however the bytes are cut into pieces. It keeps nothing
 * but a head that is not whole. What it cannot read it hands over as it is.
 */
export class HttpParser {
  readonly #handler: MessageHandler
  /** Of a head that is not whole yet: can it still become one? */
  readonly #begins: (start: string) => boolean
  #state: State = 'head'
  /** Of a body or a chunk. */
  #bytesLeft = 0
  #pending = Buffer.alloc(0)
  #pendingBytes = 0
  #sizeLine = ''

  constructor(handler: MessageHandler, begins: (start: string) => boolean) {
    this.#handler = handler
    this.#begins = begins
  }

  /** Between two messages. */
  get isBetween(): boolean {
    return this.#state === 'head' && this.#pendingBytes === 0
  }

  push(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) at = this.#step(bytes, at)
  }

  /** The connection ends here. Answers whether that cut a message off. */
  end(): boolean {
    if (this.#state === 'until-close') {
      this.#state = 'head'
      this.#handler.onEnd()
    }
    const isCut = this.#state !== 'raw' && !this.isBetween
    this.#flushRaw()
    return isCut
  }

  /** From now on nothing is read any more. */
  goRaw(): void {
    this.#flushRaw()
  }

  #step(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes, at)
      case 'body':
      case 'chunk':
        return this.#readBody(bytes, at)
      case 'until-close':
        this.#handler.onBody(bytes, at, bytes.length)
        return bytes.length
      case 'chunk-size':
        return this.#readSizeLine(bytes, at)
      case 'chunk-end':
        return this.#readChunkEnd(bytes, at)
      case 'trailers':
        return this.#readTrailers(bytes, at)
      case 'raw':
        this.#handler.onRaw(at === 0 ? bytes : bytes.subarray(at))
        return bytes.length
    }
  }

  #readHead(bytes: Buffer, from: number): number {
    let at = from
    if (this.#pendingBytes === 0) {
      // Some clients send a line break too many after a body.
      while (bytes[at] === CR || bytes[at] === LF) at++
      if (at === bytes.length) return at
      const end = bytes.indexOf(HEAD_END, at)
      if (end >= 0) return this.#begin(bytes.toString('latin1', at, end + 2), bytes, end + HEAD_END.length)
    }
    const searchFrom = Math.max(0, this.#pendingBytes - HEAD_END.length + 1)
    const before = this.#pendingBytes
    this.#keep(bytes, at)
    const kept = this.#pending.subarray(0, this.#pendingBytes)
    const end = kept.indexOf(HEAD_END, searchFrom)
    if (end >= 0) {
      const text = kept.toString('latin1', 0, end + 2)
      this.#forget()
      return this.#begin(text, bytes, at + end + HEAD_END.length - before)
    }
    if (this.#pendingBytes > LONGEST_HEAD || !this.#begins(kept.toString('latin1', 0, LONGEST_START))) this.#flushRaw()
    return bytes.length
  }

  #begin(text: string, bytes: Buffer, next: number): number {
    const framing = this.#handler.onHead(text)
    if (framing === 'not-http') return this.#giveUp(bytes, next, `${text}\r\n`)
    if (framing === 0) this.#finish()
    else if (typeof framing === 'number') {
      this.#state = 'body'
      this.#bytesLeft = framing
    } else this.#state = framing === 'chunked' ? 'chunk-size' : framing
    return next
  }

  #readBody(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#bytesLeft)
    this.#handler.onBody(bytes, at, end)
    this.#bytesLeft -= end - at
    if (this.#bytesLeft === 0) {
      if (this.#state === 'body') this.#finish()
      else this.#state = 'chunk-end'
    }
    return end
  }

  #readSizeLine(bytes: Buffer, at: number): number {
    const lineBreak = bytes.indexOf(LF, at)
    const end = lineBreak < 0 ? bytes.length : lineBreak
    const before = this.#sizeLine
    this.#sizeLine += bytes.toString('latin1', at, Math.min(end, at + LONGEST_SIZE_LINE))
    if (lineBreak < 0 && this.#sizeLine.length < LONGEST_SIZE_LINE) return end
    const digits = /^([0-9a-f]{1,13})[ \t]*(?:;[^\r\n]*)?\r$/i.exec(this.#sizeLine)?.[1]
    this.#sizeLine = ''
    if (digits === undefined) return this.#giveUp(bytes, at, before)
    this.#bytesLeft = Number.parseInt(digits, 16)
    this.#state = this.#bytesLeft === 0 ? 'trailers' : 'chunk'
    return end + 1
  }

  #readChunkEnd(bytes: Buffer, at: number): number {
    if (bytes[at] === CR) return at + 1
    if (bytes[at] !== LF) return this.#giveUp(bytes, at)
    this.#state = 'chunk-size'
    return at + 1
  }

  /** Lines up to an empty one. They say nothing that matters here. */
  #readTrailers(bytes: Buffer, at: number): number {
    const lineBreak = bytes.indexOf(LF, at)
    const end = lineBreak < 0 ? bytes.length : lineBreak + 1
    this.#pendingBytes += end - at
    if (this.#pendingBytes > LONGEST_HEAD) {
      this.#pendingBytes = 0
      return this.#giveUp(bytes, at)
    }
    const isEmpty = lineBreak >= 0 && this.#pendingBytes <= 2
    if (lineBreak >= 0) this.#pendingBytes = 0
    if (isEmpty) this.#finish()
    return end
  }

  #finish(): void {
    this.#state = 'head'
    this.#handler.onEnd()
  }

  #giveUp(bytes: Buffer, at: number, before = ''): number {
    const rest = bytes.subarray(at)
    this.#state = 'raw'
    this.#handler.onRaw(before === '' ? rest : Buffer.concat([Buffer.from(before, 'latin1'), rest]))
    return bytes.length
  }

  #keep(bytes: Buffer, at: number): void {
    const needed = this.#pendingBytes + bytes.length - at
    if (needed > this.#pending.length) {
      const grown = Buffer.alloc(Math.max(needed, this.#pending.length * 2))
      this.#pending.copy(grown, 0, 0, this.#pendingBytes)
      this.#pending = grown
    }
    bytes.copy(this.#pending, this.#pendingBytes, at)
    this.#pendingBytes = needed
  }

  #forget(): void {
    this.#pending = Buffer.alloc(0)
    this.#pendingBytes = 0
  }

  #flushRaw(): void {
    if (this.#state === 'raw') return
    const isHead = this.#state === 'head'
    const kept = isHead ? this.#pending.subarray(0, this.#pendingBytes) : this.#pending.subarray(0, 0)
    this.#state = 'raw'
    this.#forget()
    if (kept.length > 0) this.#handler.onRaw(kept)
  }
}

/** As much as it takes to see what is spoken. */
export const LONGEST_START = 48
