import test from 'ava'
import { portVariable, processEnvironment, variable } from '../../src/config/process-environment.ts'

test('the environment is that of the process', (t) => {
  t.is(processEnvironment(), process.env)
})

test('an empty variable is not set', (t) => {
  t.is(variable({ A: 'x ' }, 'A'), 'x ')
  t.is(variable({ A: '' }, 'A'), undefined)
  t.is(variable({ A: ' \n' }, 'A'), undefined)
  t.is(variable({}, 'A'), undefined)
})

const ports: readonly [text: string | undefined, port: number][] = [
  [undefined, 3000],
  ['', 3000],
  ['8080', 8080],
  [' 8080 ', 8080],
  ['0', 0],
  ['65536', 3000],
  ['http', 3000],
  ['-1', 3000],
]

for (const [text, port] of ports) {
  test(`PORT=${text ?? '(unset)'} is port ${port} for a health check`, (t) => {
    t.is(portVariable({ PORT: text }), port)
  })
}
