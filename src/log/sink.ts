import sonicBoom from 'sonic-boom'

/** Where lines go. Writing never waits: what is not written yet is kept, up to a limit. */
export interface Sink {
  write(text: string): void
  /** Writes everything that is left, now. */
  flush(): void
}

/** What a reader who has stopped may cost; after that, lines are dropped and counted. */
const MOST_UNWRITTEN_BYTES = 16 * 1024 * 1024

/** A file descriptor, 1 for standard output. While one write is under way, lines gather for the next. */
export function openSink(fd: number, mostUnwrittenBytes = MOST_UNWRITTEN_BYTES): Sink {
  const stream = new sonicBoom.SonicBoom({ fd, sync: false, maxLength: mostUnwrittenBytes })
  let isOpen = true
  let droppedLines = 0
  stream.on('drop', (text: string) => {
    droppedLines += text.split('\n').length - 1
  })
  stream.on('drain', () => {
    if (droppedLines === 0) return
    const lost = droppedLines
    droppedLines = 0
    stream.write(`pipit: ${lost} lines of this log were dropped: its reader was too slow\n`)
  })
  // Nobody reads any more (`pipit | head`): serving goes on, saying so to nobody does not.
  stream.on('error', () => {
    isOpen = false
  })
  return {
    write(text) {
      if (isOpen) stream.write(text)
    },
    flush() {
      if (isOpen) stream.flushSync()
    },
  }
}
