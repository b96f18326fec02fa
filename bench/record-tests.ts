import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answer, Connection } from './connection.ts'
import { start } from './process.ts'
import { recording } from './subjects.ts'
import { test } from './suite.ts'

/** One test of the suite, recorded: answers the folder. */
export async function recordedTests(): Promise<string> {
  const fixtures = mkdtempSync(join(tmpdir(), 'pipit-bench-'))
  const { port, stop } = await start(recording(fixtures))
  try {
    const connection = await Connection.open(port)
    const steps = test(port, 'recorded')
    for (let step = steps.next(); step.done !== true;) {
      const answer: Answer = await connection.call(step.value.request)
      if (answer.status >= 300) throw new Error(`answered ${answer.status}: ${answer.body.toString()}`)
      step = steps.next(answer)
    }
    connection.close()
  } finally {
    await stop()
  }
  return fixtures
}
