import test from 'ava'
import { shownPath, whereThrown } from '../../src/plugins/where-thrown.ts'
import { ServiceError } from '../../src/core/errors.ts'

function errorWith(stack: string): Error {
  const error = new Error('x')
  error.stack = stack
  return error
}

for (const [title, stack, path, line] of [
  ['a frame', 'Error: x\n    at say (file:///plugins/a.service.js:7:11)', '/plugins/a.service.js', 7],
  ['a frame without a function', 'Error: x\n    at file:///plugins/a%20b.js:7:11', '/plugins/a b.js', 7],
  ['a frame after an await', 'Error: x\n    at async file:///plugins/a.js:9:1', '/plugins/a.js', 9],
  ['CommonJS', 'Error: x\n    at Object.f (/plugins/a.js:9:1)', '/plugins/a.js', 9],
  ['the head of a syntax error', '/plugins/a b.ts:3\nenum X {}\n^^^^\n\nSyntaxError: enum', '/plugins/a b.ts', 3],
  ['the head of a module that does not fit', "file:///plugins/a.js:2\nimport { b } from './b.js'", '/plugins/a.js', 2],
  [
    'what called a package, rather than the package',
    'Error: x\n    at f (file:///plugins/node_modules/p/i.js:1:1)\n    at g (file:///plugins/a.js:5:1)',
    '/plugins/a.js',
    5,
  ],
  [
    'a package, where there is nothing else',
    'Error: x\n    at f (file:///n/node_modules/p/i.js:1:1)',
    '/n/node_modules/p/i.js',
    1,
  ],
  [
    'nothing of Node',
    'Error: x\n    at f (node:internal/x:1:1)\n    at g (file:///plugins/a.js:5:1)',
    '/plugins/a.js',
    5,
  ],
] as const)
  test(`an error is found by ${title}`, (t) => {
    t.deepEqual(whereThrown(errorWith(stack)), { path, line })
  })

test('what was thrown by pipit for a plugin is found at the plugin, and what has no stack nowhere', (t) => {
  const here = whereThrown(new Error('x'))
  t.regex(here?.path ?? '', /where-thrown\.test\.[jt]s$/)
  t.is(
    whereThrown(errorWith(`Error: x\n    at f (${new URL('../../src/index.js', import.meta.url).href}:1:1)`)),
    undefined,
  )
  const error = { shape: 'S', code: 'C', status: 400, fault: 'Sender', message: 'm' } as const
  t.is(whereThrown(new ServiceError(error)), undefined)
  t.is(whereThrown('a text'), undefined)
})

test('a path is shown as somebody in the working directory would write it', (t) => {
  t.is(shownPath('/pipit/plugins/a.js', '/pipit'), 'plugins/a.js')
  t.is(shownPath('/plugins/a.js', '/pipit'), '/plugins/a.js')
})
