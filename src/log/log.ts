import type { Colors } from 'picocolors/types.js'
import { picocolors } from '../core/libraries.ts'
import { isLoud, levelOf, type Finished, type Threshold } from './finished.ts'
import { jsonLog } from './json-log.ts'
import { prettyLog } from './pretty-log.ts'
import type { Sink } from './sink.ts'
import type { Started } from './start-screen.ts'

export interface LogOptions {
  readonly level: Threshold
  readonly format: 'pretty' | 'json'
  readonly isColored: boolean
  readonly sink: Sink
}

export interface Log {
  /** `undefined` where no exchange would ever be shown: nobody then needs to describe one. */
  readonly exchange: ((finished: Finished) => void) | undefined
  /** What has become of a call that a fault has hit: `undefined` as above. */
  readonly call: ((summary: string) => void) | undefined
  started(started: Started): void
  /** What the operator should know, but may ignore. */
  note(text: string): void
  /** What only a change of pipit can mend; with its stack. */
  bug(error: unknown): void
}

/** How one format says it; what is said at all is decided here. */
export interface Voice {
  exchange(finished: Finished): void
  call(summary: string): void
  started(started: Started): void
  note(text: string): void
  bug(error: unknown): void
}

/** Without colours there is nothing to load. */
const PLAIN = new Proxy<Colors>({} as Colors, { get: () => String })

export function openLog({ level, format, isColored, sink }: LogOptions): Log {
  const voice = format === 'json' ? jsonLog(sink) : prettyLog(sink, isColored ? picocolors().createColors(true) : PLAIN)
  return {
    exchange:
      level === 'silent'
        ? undefined
        : (finished) => {
            if (isLoud(levelOf(finished), level)) voice.exchange(finished)
          },
    call: isLoud('info', level) ? (summary) => voice.call(summary) : undefined,
    started: (started) => {
      if (isLoud('info', level)) voice.started(started)
    },
    note: (text) => {
      if (isLoud('warn', level)) voice.note(text)
    },
    bug: (error) => {
      if (isLoud('error', level)) voice.bug(error)
    },
  }
}
