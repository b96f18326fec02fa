import type { Clock } from '../core/clock.ts'
import type { Filter } from './filter.ts'
import type { Journal, Page, Position, Whose } from './journal.ts'
import { fieldOf, showEntry } from './show-entry.ts'

/** Of one chunk: about what a socket takes at once, and little enough not to keep other clients waiting. */
const MOST_READ = 50

/** How long exchanges are gathered, so that a busy gateway makes one chunk of many. */
const GATHER_MS = 10

/** Proxies and clients give up connections on which nothing comes. */
const KEEP_ALIVE_MS = 15_000

export interface Reader {
  readonly whose: Whose
  readonly filter: Filter
  readonly from: Position
  /** Real time. */
  readonly clock: Clock
  /** Fires when the reader goes away. */
  readonly signal: AbortSignal
}

/**
 * The journal as server-sent events. A reader is nothing but a position in it: what it does not take in time is evicted
 * like everything else, and it is told how many exchanges it has missed.
 *
 *     id: 1764.12.7        where to go on from: Last-Event-ID, or ?since=
 *     data: {"seq":12,…}
 *
 *     event: skipped
 *     data: {"count":311}
 */
export async function* streamOf(journal: Journal, reader: Reader): AsyncGenerator<string> {
  const { whose, filter, clock, signal } = reader
  let position = reader.from
  // The head is sent with the first bytes: a client knows at once that it is listening.
  yield ': pipit\nretry: 1000\n\n'
  while (!signal.aborted) {
    const seenSeq = journal.lastSeq
    const page = journal.after(whose, position, MOST_READ)
    position = page.position
    const text = eventsOf(journal, page, filter)
    if (text !== '') yield text
    // A page that is full has more behind it; other clients come first.
    if (page.entries.length === MOST_READ) await pause(clock, signal, 0)
    else if (journal.lastSeq > seenSeq || (await news(journal, clock, signal))) await pause(clock, signal, GATHER_MS)
    else if (!signal.aborted) yield ': keep-alive\n\n'
  }
}

function eventsOf(journal: Journal, { entries, positions, skipped, position }: Page, filter: Filter): string {
  const events = entries.flatMap((entry, index) =>
    filter((field) => fieldOf(entry, field))
      ? [`id: ${journal.placeOf(positions[index] as Position)}\ndata: ${JSON.stringify(showEntry(entry))}\n\n`]
      : [],
  )
  if (skipped === 0) return events.join('')
  return `event: skipped\nid: ${journal.placeOf(positions[0] ?? position)}\ndata: {"count":${skipped}}\n\n${events.join('')}`
}

/** True when there is something new in the journal; false after a while, and when the reader has gone. */
function news(journal: Journal, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isNew: boolean): void => {
      callOff()
      cancel()
      signal.removeEventListener('abort', leave)
      resolve(isNew)
    }
    const leave = (): void => end(false)
    const callOff = journal.onNext(() => end(true))
    const cancel = clock.schedule(clock.nowMs() + KEEP_ALIVE_MS, leave)
    signal.addEventListener('abort', leave)
    if (signal.aborted) leave()
  })
}

function pause(clock: Clock, signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const cancel = clock.schedule(clock.nowMs() + ms, end)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}
