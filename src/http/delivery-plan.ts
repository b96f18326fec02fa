import type { Delivery, Ending, Place } from '../core/exchange.ts'

/** One thing to be done with a connection. After an end nothing follows. */
export type Step =
  | { readonly kind: 'write'; readonly bytes: Buffer }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'end'; readonly ending: Ending }

/** How long the two parts of an answer are. */
export interface Span {
  readonly headBytes: number
  readonly bodyBytes: number
}

/** A connection on which nobody reads HTTP: all of it is body, and its end is not known. */
export const STREAM: Span = { headBytes: 0, bodyBytes: Infinity }

/**
 * What is to be done with the next bytes, that have waited so long already. Lazily: a megabyte in pieces of one byte is
 * never there as a million steps.
 */
export type DeliveryPlan = (chunk: Buffer, waitedMs?: number) => Iterable<Step>

/** What one delivery makes of bytes. It counts them: the next ones stand where these ended. */
type Stage = (bytes: Buffer, waitedMs: number) => Iterable<Step>

/**
 * Deliveries as steps. The bytes may come in any chunks, a whole answer is best given at once. What is written is as long
 * as what was given, so whoever stops in the middle knows from where to go on.
 */
export function deliveryPlan(deliveries: readonly Delivery[], span: Span): DeliveryPlan {
  const stages = deliveries.map((delivery) => stageOf(delivery, span))
  return (chunk, waitedMs = 0) =>
    stages.reduce((steps, stage) => through(steps, stage, waitedMs), [write(chunk)] as Iterable<Step>)
}

function* through(steps: Iterable<Step>, stage: Stage, waitedMs: number): Iterable<Step> {
  for (const step of steps)
    for (const own of step.kind === 'write' ? stage(step.bytes, waitedMs) : [step]) {
      yield own
      if (own.kind === 'end') return
    }
}

function stageOf(delivery: Delivery, span: Span): Stage {
  switch (delivery.kind) {
    case 'wait':
      return late(delivery.ms)
    case 'slice':
      return sliced(delivery.bytes, delivery.waitMs)
    case 'pace':
      return paced(delivery.bytesPerSecond)
    case 'garbage':
      return garbled(byteOf(delivery.from, span), delivery.bytes ?? Infinity, delivery.seed)
    case 'cut':
      return cut(byteOf(delivery.at, span), delivery.ending)
  }
}

/** Where a place is, counted from the first byte of the head. */
function byteOf(place: Place, { headBytes, bodyBytes }: Span): number {
  const [start, length] = place.part === 'head' ? [0, headBytes] : [headBytes, bodyBytes]
  if ('at' in place) return place.part === 'head' ? Math.min(place.at, Math.max(0, headBytes - 1)) : start + place.at
  if (place.fraction >= 1) return start + length
  return Math.min(start + Math.floor(place.fraction * length), Math.max(0, headBytes + bodyBytes - 1))
}

function late(ms: number): Stage {
  return function* (bytes, waitedMs) {
    if (ms > waitedMs) yield { kind: 'wait', ms: ms - waitedMs }
    yield write(bytes)
  }
}

function sliced(size: number, waitMs: number): Stage {
  let isFirst = true
  return function* (bytes) {
    for (const piece of pieces(bytes, size)) {
      if (!isFirst) yield { kind: 'wait', ms: waitMs }
      isFirst = false
      yield write(piece)
    }
  }
}

/** Short enough to look even, long enough for timers of a millisecond. */
const PIECE_MS = 100

function paced(bytesPerSecond: number): Stage {
  const size = Math.max(1, Math.floor((bytesPerSecond * PIECE_MS) / 1000))
  if (bytesPerSecond === 0)
    return function* () {
      yield { kind: 'end', ending: 'hang' }
    }
  return function* (bytes) {
    for (const piece of pieces(bytes, size)) {
      yield { kind: 'wait', ms: (piece.length / bytesPerSecond) * 1000 }
      yield write(piece)
    }
  }
}

function garbled(from: number, count: number, seed: number): Stage {
  let passed = 0
  return function* (bytes) {
    const start = Math.min(Math.max(0, from - passed), bytes.length)
    const end = Math.min(Math.max(start, from + count - passed), bytes.length)
    const written = start === end ? bytes : Buffer.from(bytes)
    for (let i = start; i < end; i++) written[i] = noise(seed, passed + i)
    passed += bytes.length
    yield write(written)
  }
}

function cut(at: number, ending: Ending): Stage {
  let passed = 0
  return function* (bytes) {
    const left = Math.max(0, at - passed)
    passed += bytes.length
    if (left > 0) yield write(bytes.subarray(0, left))
    if (left <= bytes.length) yield { kind: 'end', ending }
  }
}

function* pieces(bytes: Buffer, size: number): Iterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function write(bytes: Buffer): Step {
  return { kind: 'write', bytes }
}

/** Never an ASCII character, so never HTTP, JSON or XML by chance. */
function noise(seed: number, position: number): number {
  let mixed = Math.imul(seed ^ position, 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
  return 0x80 | (mixed ^ (mixed >>> 13))
}
