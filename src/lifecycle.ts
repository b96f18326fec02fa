import type { Config } from './config.ts'
import type { Clock } from './core/clock.ts'
import type { Forwarding } from './forwarding.ts'
import type { Ports } from './http/ports.ts'
import type { SecurePorts } from './http/secure-ports.ts'
import type { Writer } from './http/writer.ts'
import type { Faults } from './injectors/rules/faults.ts'
import { unusedNotes } from './injectors/rules/unused-notes.ts'
import type { Monitors } from './monitors.ts'
import type { Playing } from './playing.ts'
import type { StartingRules } from './plugins/starting-rules.ts'
import type { Sessions } from './sessions.ts'

export interface Lifecycle {
  /** `prepare` runs when the ports are open and clients are served, before the gateway calls itself ready. */
  readonly start: (prepare?: () => Promise<void>) => Promise<void>
  /** Ends long polls with an empty answer, lets what is under way finish, and closes every socket. */
  readonly close: () => Promise<void>
}

export interface LivingParts {
  readonly config: Pick<Config, 'monitors'>
  readonly wall: Clock
  readonly ports: Pick<Ports, 'open' | 'close'>
  readonly secure: Pick<SecurePorts, 'open' | 'close'>
  readonly monitors: Pick<Monitors, 'open' | 'closeAll'>
  readonly writer: Pick<Writer, 'release'>
  readonly sessions: Pick<Sessions, 'close'>
  readonly faults: Faults
  readonly rules: StartingRules
  readonly forwarding: Pick<Forwarding, 'notes' | 'close'>
  readonly playing: Pick<Playing, 'check'> & { readonly library: Pick<Playing['library'], 'close'> }
  readonly readiness: { isReady: boolean }
  /** Fires when the gateway begins to close. */
  readonly closing: AbortController
  readonly onNote: (note: string) => void
  readonly onError: ((error: unknown) => void) | undefined
}

/** How a gateway begins and ends. One that cannot begin is closed again. */
export function lifecycle(parts: LivingParts): Lifecycle {
  const { config, wall, ports, secure, monitors, sessions, writer, faults, rules, forwarding, playing } = parts
  const { readiness, closing, onNote, onError } = parts
  const close = async (): Promise<void> => {
    readiness.isReady = false
    closing.abort()
    rules.close()
    for (const note of unusedNotes(faults.counted(undefined))) onNote(note)
    sessions.close()
    writer.release()
    await Promise.all([ports.close(), secure.close(), monitors.closeAll()])
    forwarding.close()
    playing.library.close()
  }
  return {
    close,
    async start(prepare) {
      playing.check()
      await ports.open()
      try {
        await secure.open()
        for (const forward of config.monitors) await monitors.open(forward)
        await prepare?.()
      } catch (error) {
        await close()
        throw error
      }
      rules.watch(wall, faults)
      readiness.isReady = !closing.signal.aborted
      // Whether there are credentials may take a while to find out.
      void forwarding.notes().then((notes) => notes.forEach((note) => onNote(note)), onError)
    },
  }
}
