import type { Writable } from 'node:stream'
import type { Clock } from '../core/clock.ts'

/** Where lines go. Writing never waits, neither for a system call nor for whoever reads. */
export interface Sink {
  write(text: string): void
  /** Hands over what is left, now. */
  flush(): void
  /** The same, and resolves when it has been read, or after a moment when nobody reads. */
  close(): Promise<void>
}

/** Lines of so long go out in one write: a reader does not notice, and a busy gateway makes one system call for many. */
const GATHER_MS = 5

/** What a reader who has stopped may cost; from there on, lines are dropped and counted. */
const MOST_UNREAD_BYTES = 16 * 1024 * 1024

/** How long the end of the process waits for such a reader. */
const PATIENCE_MS = 200

export function openSink(stream: Writable, clock: Clock, mostUnreadBytes = MOST_UNREAD_BYTES): Sink {
  let gathered = ''
  let isScheduled = false
  let droppedLines = 0
  let isOpen = true

  // Nobody reads any more (`pipit | head`), or the disk is full: serving goes on, telling does not.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (isOpen && error.code !== 'EPIPE') process.stderr.write(`pipit: the log ends here: ${error.message}\n`)
    isOpen = false
  })

  const flush = (): void => {
    isScheduled = false
    if (gathered === '' || !isOpen) return
    const text = gathered
    gathered = ''
    stream.write(text)
  }
  return {
    flush,
    write(text) {
      if (!isOpen) return
      if (stream.writableLength + gathered.length > mostUnreadBytes) {
        droppedLines++
        return
      }
      if (droppedLines > 0) gathered += `pipit: lines dropped here, their reader was too slow: ${droppedLines}\n`
      droppedLines = 0
      gathered += text
      if (isScheduled) return
      isScheduled = true
      clock.schedule(clock.nowMs() + GATHER_MS, flush)
    },
    async close() {
      flush()
      if (!isOpen || stream.writableLength === 0) return
      await new Promise<void>((resolve) => {
        clock.schedule(clock.nowMs() + PATIENCE_MS, resolve)
        stream.write('', () => resolve())
      })
    },
  }
}
