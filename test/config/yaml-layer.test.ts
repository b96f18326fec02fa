import test from 'ava'
import { yamlLayer } from '../../src/config/yaml-layer.ts'
import { complaintsOf, folder, load } from './sources.ts'

test('anchors and merge keys of YAML work', (t) => {
  const cwd = folder(
    'services: { sqs: { queues: { a: &slow { DelaySeconds: 9 }, b: { <<: *slow, VisibilityTimeout: 1 } } } }',
  )
  t.deepEqual(load({ cwd }).config.services.sqs.queues[1]?.attributes, { DelaySeconds: '9', VisibilityTimeout: '1' })
})

test('a bomb of aliases is a complaint', (t) => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const inner = level === 0 ? '"x"' : `*l${level - 1}`
    return `l${level}: &l${level} [${Array(9).fill(inner).join(',')}]`
  })
  t.regex(
    complaintsOf({ cwd: folder(levels.join('\n')) })[0] ?? '',
    /^pipit\.yaml: not valid YAML: Excessive alias count/,
  )
})

const TEXT = `a: 1
list:
  - x
  - { k: v }
empty:
"q.r":
  deep: [1, 2]
`

const places: readonly [path: readonly (string | number)[], part: 'key' | 'value', place: string][] = [
  [['a'], 'key', 'f:1:1'],
  [['a'], 'value', 'f:1:4'],
  [['list'], 'value', 'f:3:3'],
  [['list', 1], 'value', 'f:4:5'],
  [['list', 1, 'k'], 'key', 'f:4:7'],
  [['list', 1, 'k'], 'value', 'f:4:10'],
  [['empty'], 'value', 'f:5:7'],
  [['q.r', 'deep', 1], 'value', 'f:7:13'],
  // What is not written is at its nearest ancestor's place.
  [['q.r', 'missing'], 'key', 'f:7:3'],
  [['list', 7], 'value', 'f:3:3'],
  [['nothing', 'here'], 'value', 'f:1:1'],
  [[], 'value', 'f:1:1'],
]

for (const [path, part, place] of places) {
  test(`the ${part} of ${JSON.stringify(path)} is at ${place}`, (t) => {
    t.is(yamlLayer('f', TEXT).locate(path, part), place)
  })
}

test('a layer is plain data', (t) => {
  t.deepEqual(yamlLayer('f', TEXT).tree, { a: 1, list: ['x', { k: 'v' }], empty: null, 'q.r': { deep: [1, 2] } })
})

const refused: readonly [title: string, yaml: string, complaint: string][] = [
  [
    'two documents',
    'port: 1\n---\nport: 2\n',
    'pipit.yaml:2:1: not valid YAML: Source contains multiple documents; please use YAML.parseAllDocuments()',
  ],
  ['an unknown tag', 'port: !secret 1', 'pipit.yaml:1:7: not valid YAML: Unresolved tag: !secret'],
  ['a reserved key deep inside', 'listen: [{ __proto__: 1 }]', 'pipit.yaml:1:12: "__proto__" cannot be a key'],
]

for (const [title, yaml, complaint] of refused) {
  test(`refused: ${title}`, (t) => {
    t.deepEqual(complaintsOf({ cwd: folder(yaml) }), [complaint])
  })
}
