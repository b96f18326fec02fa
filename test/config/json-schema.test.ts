import test from 'ava'
import { configJsonSchema } from '../../src/config/json-schema.ts'
import { settings } from '../../src/config/schema.ts'

type Node = Record<string, unknown>

/** The branch of a schema that is not `null`. */
function branch(node: unknown): Node {
  const { anyOf } = node as { anyOf?: Node[] }
  return anyOf?.find(({ type }) => type !== 'null') ?? (node as Node)
}

function propertyAt(root: unknown, path: readonly string[]): Node {
  let node = root as Node
  for (const key of path) node = ((branch(node)['properties'] as Node)[key] ?? {}) as Node
  return node
}

test('every option is there with what it is and its default', (t) => {
  const root = configJsonSchema()
  for (const { path, what, fallback } of settings) {
    const property = propertyAt(root, path)
    t.is(property['description'], what)
    t.deepEqual(property['default'], fallback)
  }
})

test('editors learn the values and the limits, and that nothing else may be written', (t) => {
  const root = configJsonSchema()
  t.like(root, { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', additionalProperties: false })
  t.like(branch(propertyAt(root, ['port'])), { type: 'integer', minimum: 0, maximum: 65535 })
  t.like(branch(propertyAt(root, ['log', 'level'])), { enum: ['silent', 'error', 'warn', 'info', 'debug'] })
  t.is(branch(propertyAt(root, ['log']))['additionalProperties'], false)
})

test('it is JSON', (t) => {
  const root = configJsonSchema()
  t.deepEqual(JSON.parse(JSON.stringify(root)), root)
})
