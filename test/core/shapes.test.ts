import test from 'ava'
import { isVoid } from '../../src/core/shapes.ts'

test('an operation without members answers nothing, unless it declares none of them', (t) => {
  t.true(isVoid({ type: 'structure', members: {} }))
  t.false(isVoid({ type: 'structure', members: { Id: { type: 'string' } } }))
  t.false(isVoid({ type: 'structure', members: {}, isOpen: true }))
})
