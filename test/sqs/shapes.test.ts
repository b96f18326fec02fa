import { readFileSync } from 'node:fs'
import test from 'ava'
import type { Shape } from '../../src/core/shapes.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'

interface ModelShape {
  readonly type: string
  readonly members?: Readonly<Record<string, { readonly shape: string }>>
  readonly required?: readonly string[]
  readonly member?: { readonly shape: string }
  readonly value?: { readonly shape: string }
}
interface Model {
  readonly metadata: { readonly targetPrefix: string }
  readonly operations: Readonly<
    Record<string, { readonly input?: { readonly shape: string }; readonly output?: { readonly shape: string } }>
  >
  readonly shapes: Readonly<Record<string, ModelShape>>
}

const model = JSON.parse(readFileSync('test/data/sqs-service-2.json', 'utf8')) as Model

/** Both sides in one form: types, members in order, what is required. */
function fromModel(name: string): unknown {
  const shape = model.shapes[name]
  if (shape === undefined) throw new Error(`the model has no ${name}`)
  const { type, members = {}, required = [], member, value } = shape
  if (type === 'structure')
    return {
      members: Object.entries(members).map(([key, target]) => [key, fromModel(target.shape)]),
      required: required.toSorted(),
    }
  if (type === 'list') return { list: fromModel(member?.shape ?? '') }
  return type === 'map' ? { map: fromModel(value?.shape ?? '') } : type
}

function fromShape(shape: Shape): unknown {
  if (shape.type === 'structure')
    return {
      members: Object.entries(shape.members).map(([key, member]) => [key, fromShape(member)]),
      required: (shape.required ?? []).toSorted(),
    }
  if (shape.type === 'list') return { list: fromShape(shape.member) }
  return shape.type === 'map' ? { map: fromShape(shape.value) } : shape.type
}

/** Members in any order. */
function sorted(form: unknown): unknown {
  if (typeof form !== 'object' || form === null) return form
  if (Array.isArray(form)) return form.map(sorted)
  const entries = Object.entries(form).map(([key, value]) => {
    const inner = sorted(value)
    return [key, key === 'members' ? (inner as [string, unknown][]).toSorted(([a], [b]) => (a < b ? -1 : 1)) : inner]
  })
  return Object.fromEntries(entries) as unknown
}

test("the operations are those of AWS's model", (t) => {
  t.deepEqual(Object.keys(sqsShapes.operations).toSorted(), Object.keys(model.operations).toSorted())
  t.is(sqsShapes.targetPrefix, model.metadata.targetPrefix)
})

for (const [name, { input, output }] of Object.entries(model.operations))
  test(`${name} has the members of AWS's model, in and out`, (t) => {
    const nothing = { members: [], required: [] }
    const ours = sqsShapes.operations[name]
    t.truthy(ours)
    if (ours === undefined) return
    t.deepEqual(sorted(fromShape(ours.input)), sorted(input ? fromModel(input.shape) : nothing))
    t.deepEqual(sorted(fromShape(ours.output)), sorted(output ? fromModel(output.shape) : nothing))
  })

test('lists and maps have the names that the query protocol documents', (t) => {
  const names = new Set<string>()
  const collect = (shape: Shape): void => {
    if (shape.type === 'list') {
      names.add(`${shape.queryName}`)
      collect(shape.member)
    } else if (shape.type === 'map') {
      names.add(`${shape.queryName}{${shape.keyName},${shape.valueName}}`)
      collect(shape.value)
    } else if (shape.type === 'structure') Object.values(shape.members).forEach(collect)
  }
  for (const { input, output } of Object.values(sqsShapes.operations)) {
    collect(input)
    collect(output)
  }
  t.deepEqual([...names].toSorted(), [
    'AWSAccountId',
    'ActionName',
    'AttributeName',
    'Attribute{Name,Value}',
    'BatchResultErrorEntry',
    'BinaryListValue',
    'ChangeMessageVisibilityBatchRequestEntry',
    'ChangeMessageVisibilityBatchResultEntry',
    'DeleteMessageBatchRequestEntry',
    'DeleteMessageBatchResultEntry',
    'ListMessageMoveTasksResultEntry',
    'Message',
    'MessageAttributeName',
    'MessageAttribute{Name,Value}',
    'MessageSystemAttributeName',
    'MessageSystemAttribute{Name,Value}',
    'QueueUrl',
    'SendMessageBatchRequestEntry',
    'SendMessageBatchResultEntry',
    'StringListValue',
    'TagKey',
    'Tag{Key,Value}',
  ])
})
