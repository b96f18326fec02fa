import type { Colors } from 'picocolors/types.js'
import type { Voice } from './log.ts'
import type { Sink } from './sink.ts'
import { printable } from './printable.ts'
import { startScreen } from './start-screen.ts'
import { trafficLine } from './traffic-line.ts'

/** For people. */
export function prettyLog(sink: Sink, colors: Colors): Voice {
  return {
    exchange: (finished) => sink.write(`${trafficLine(finished, colors)}\n`),
    call: (summary) => sink.write(`${colors.cyan('call:')} ${printable(summary, 500)}\n`),
    started: (started) => sink.write(`${startScreen(started, colors)}\n`),
    note: (text) => sink.write(`${colors.yellow('note:')} ${printable(text, 500)}\n`),
    bug: (error) => sink.write(`${colors.red('bug:')} ${stackOf(error)}\n`),
  }
}

/** Its message may quote a client: every line but the first is set in, so that none passes for one of the log's. */
function stackOf(error: unknown): string {
  const lines = String(error instanceof Error ? error.stack : error).split('\n')
  return lines.map((line) => printable(line.trim(), 500)).join('\n    ')
}
