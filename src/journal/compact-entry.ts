import { type Call, type DecodeFailure, isDecodeFailure, type Result } from '../core/exchange.ts'
import type { Ended } from '../core/finished.ts'
import type { Protocol } from '../core/service.ts'
import type { FiredFault } from '../core/trace.ts'
import { BlockReader, Blocks, bytesOf, bytesOfNumbers, mostBytesOfText, type Place } from './blocks.ts'
import { type Describe, Entry, type Facts, type Kept, lengthOf } from './entry.ts'
import { type Likeness, Likenesses, type Texts, textsOf, type Understood } from './likeness.ts'

/** A larger one is kept as it is: that is a few large texts then, and a copy costs more than it saves. */
const LARGEST_BYTES = 8 * 1024

/** What an entry costs beside its bytes: itself, and its part of a likeness. */
const OVERHEAD_BYTES = 256

/** Received at, duration, and how many texts differ. */
const NUMBERS = 3

/**
 * Keeps exchanges as their bytes, and in which texts they differ from others. As objects, a call and its answer are a
 * dozen to a hundred of them, which live just long enough to be moved twice by the collector: that cost more than all the
 * rest of the journal. Few exchanges are ever looked at, and what those said is decoded once more.
 */
export class CompactEntries {
  readonly #blocks = new Blocks()
  readonly #likenesses = new Likenesses()
  readonly describe: Describe

  constructor(describe: Describe) {
    this.describe = describe
  }

  /** `undefined` for one of which its bytes do not say everything, as what a fault has hit, and for a large one. */
  entryOf(seq: number, ended: Ended): Kept | undefined {
    const understood = understoodOf(ended)
    if (understood === undefined) return undefined
    const texts = textsOf(understood)
    const likeness = this.#likenesses.of(understood, texts)
    const place = this.#write(understood, likeness, texts, ended)
    if (place === undefined) return undefined
    // The first of its likeness has brought that along.
    const ownBytes = likeness.texts === texts ? lengthOf(texts) : 0
    return new CompactEntry({ seq, ended, likeness, place, ownBytes, all: this })
  }

  /** It will not be read any more. */
  forget(place: Place): void {
    this.#blocks.release(place)
  }

  #write(
    { exchange: { request, trace, receivedAtMs }, response }: Understood,
    likeness: Likeness,
    texts: Texts,
    { durationMs, sentBytes }: Ended,
  ): Place | undefined {
    const { body } = response
    const differing: number[] = []
    let mostBytes = bytesOfNumbers(NUMBERS + trace.legs.length) + bytesOf(request.body.length) + bytesOf(sentBytes)
    for (let index = 0; index < texts.length; index++) {
      if (texts[index] === likeness.texts[index]) continue
      differing.push(index)
      mostBytes += bytesOfNumbers(1) + mostBytesOfText(texts[index] as string)
    }
    if (mostBytes > LARGEST_BYTES) return undefined
    const blocks = this.#blocks
    const place = blocks.begin(mostBytes)
    blocks.number(receivedAtMs)
    blocks.number(durationMs)
    for (const leg of trace.legs) blocks.number(leg.durationMs)
    blocks.number(differing.length)
    for (const index of differing) {
      blocks.number(index)
      blocks.text(texts[index] as string)
    }
    blocks.bytes(request.body)
    if (typeof body === 'string') blocks.text(body)
    else blocks.bytes(body)
    return place
  }
}

/** What was executed once, and answered with what came of it, so that its bytes say everything. */
function understoodOf({ exchange, outcome }: Ended): Understood | undefined {
  const { trace } = exchange
  if (outcome.kind !== 'response' || outcome.result?.kind !== 'output') return undefined
  const { response, result } = outcome
  const isItsOwn = response.body === trace.body && trace.results.length === 1 && trace.results[0] === result
  if (!isItsOwn || trace.faults.length > 0 || trace.via !== undefined) return undefined
  const call = exchange.call()
  if (isDecodeFailure(call) || trace.call === undefined) return undefined
  const isOfThis = trace.call.operation === call.operation && trace.call.protocol === call.protocol
  return isOfThis ? { exchange, call, response } : undefined
}

interface CompactParts {
  readonly seq: number
  readonly ended: Ended
  readonly likeness: Likeness
  readonly place: Place
  /** Of what it keeps alive beside the place. */
  readonly ownBytes: number
  readonly all: CompactEntries
}

class CompactEntry implements Kept, Place {
  readonly seq: number
  readonly sizeBytes: number
  readonly #session: string
  readonly #likeness: Likeness
  readonly block: Place['block']
  readonly at: number
  readonly #all: CompactEntries

  constructor({ seq, ended, likeness, place: { block, at }, ownBytes, all }: CompactParts) {
    const { session, request } = ended.exchange
    this.seq = seq
    this.sizeBytes = OVERHEAD_BYTES + ownBytes + request.target.length + request.body.length + ended.sentBytes
    this.#session = session
    this.#likeness = likeness
    this.block = block
    this.at = at
    this.#all = all
  }

  get faults(): readonly FiredFault[] {
    return NO_FAULTS
  }

  read(): Entry {
    return new DecodedEntry(this.#told(), this.#all.describe)
  }

  forget(): void {
    this.#all.forget(this)
  }

  #told(): Told {
    const { service, caller, method, mount, protocol, status, source } = this.#likeness
    const reader = new BlockReader(this)
    const receivedAtMs = reader.number()
    const durationMs = reader.number()
    const legs = this.#likeness.legs.map(({ leg }) => ({ leg, durationMs: reader.number() }))
    const texts = [...this.#likeness.texts]
    for (let left = reader.number(); left > 0; left--) texts[reader.number()] = reader.text()
    const [operation, target, id] = texts as [string, string, string]
    const [body, answer] = [reader.bytes(), reader.bytes()]
    return {
      seq: this.seq,
      id,
      session: this.#session,
      service,
      caller,
      receivedAtMs,
      durationMs,
      method,
      target,
      mount,
      protocol,
      operation,
      requestHeaders: this.#likeness.requestHeaders(texts),
      receivedBytes: body.length,
      body,
      status,
      responseHeaders: this.#likeness.responseHeaders(texts),
      sentBytes: answer.length,
      answer,
      failure: undefined,
      source,
      via: undefined,
      faults: NO_FAULTS,
      legs,
    }
  }
}

interface Told extends Facts {
  readonly status: number
  readonly mount: string
  readonly protocol: Protocol
  readonly operation: string
  readonly body: Buffer
  readonly answer: Buffer
}

/** The call and its result are decoded when somebody asks. */
class DecodedEntry extends Entry {
  readonly #told: Told
  #call: Call | DecodeFailure | undefined
  #result: { readonly of: Result | undefined } | undefined

  constructor(told: Told, describe: Describe) {
    super(told, describe)
    this.#told = told
  }

  override get operation(): string {
    return this.#told.operation
  }

  override get protocol(): string {
    return this.#told.protocol.name
  }

  get call(): Call | DecodeFailure {
    const { protocol, method, target, requestHeaders: rawHeaders, body, mount } = this.#told
    return (this.#call ??= protocol.decodeRequest({ method, target, rawHeaders, body }, mount))
  }

  get result(): Result | undefined {
    const { protocol, operation, status, responseHeaders: rawHeaders, answer: body } = this.#told
    return (this.#result ??= { of: protocol.decodeResponse({ operation }, { status, rawHeaders, body }) }).of
  }

  get results(): readonly Result[] {
    return this.result === undefined ? [] : [this.result]
  }
}

const NO_FAULTS: readonly FiredFault[] = []
