import type { Socket } from 'node:net'
import type { Clock } from '../core/clock.ts'
import type { Ending } from '../core/exchange.ts'
import { wait } from '../core/wait.ts'
import type { Step } from './delivery-plan.ts'
import { rawSocket } from './raw-socket.ts'

/** Longer than SDKs wait of themselves (a minute), shorter than a CI job: whoever waits without an end gets one. */
export const HANG_MS = 5 * 60_000

/**
 * Between the last bytes and a reset. One that comes along with them takes them away from some readers, and looks like an
 * ordinary end to those on libuv.
 */
const BEFORE_RESET_MS = 20

export interface DeliveryTo {
  readonly socket: Socket
  readonly wall: Clock
  /** Fires when the bytes are to stop: the reader is gone, or the plan is another one now. */
  readonly signal: AbortSignal
}

export interface Delivered {
  /** Of the chunk that the steps were made of; where it stopped, the rest begins here. */
  readonly writtenBytes: number
  /** How the connection is to end: see `endConnection`. */
  readonly ending?: Ending
}

/** Executes steps, each when the socket has taken the one before: what waits for a slow reader is one piece. */
export async function deliver(steps: Iterable<Step>, { socket, wall, signal }: DeliveryTo): Promise<Delivered> {
  let writtenBytes = 0
  for (const step of steps) {
    if (signal.aborted) break
    if (step.kind === 'end') {
      if (step.ending === 'reset' && socket.bytesWritten > 0) {
        await wait(wall, BEFORE_RESET_MS, signal)
        // And a reader in this process has its turn, however late the timer was.
        await new Promise((resolve) => setImmediate(resolve))
      }
      return { writtenBytes, ending: step.ending }
    }
    if (step.kind === 'wait') await wait(wall, step.ms, signal)
    else {
      writtenBytes += step.bytes.length
      await taken(socket, step.bytes, signal)
    }
  }
  return { writtenBytes }
}

/** With a reset, with an ordinary end, or with nothing for as long as a hang may last. Over TLS, too. */
export function endConnection(socket: Socket, ending: Ending, wall: Clock): void {
  if (ending === 'reset') rawSocket(socket).resetAndDestroy()
  else if (ending === 'close') socket.end().destroySoon()
  else {
    socket.setTimeout(0) // a hang has its own end, which is later than that of other silence
    socket.once(
      'close',
      wall.schedule(wall.nowMs() + HANG_MS, () => socket.destroy()),
    )
  }
}

/** Resolves when the system has taken the bytes, or when the signal fires. */
function taken(socket: Socket, bytes: Buffer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      signal.removeEventListener('abort', end)
      resolve()
    }
    signal.addEventListener('abort', end)
    socket.write(bytes, end)
  })
}
