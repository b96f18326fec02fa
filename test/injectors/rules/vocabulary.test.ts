import test from 'ava'
import { effects } from '../../../src/injectors/index.ts'
import { vocabularyOf, wireVocabularyOf } from '../../../src/injectors/rules/vocabulary.ts'
import { sqs } from '../../../src/sqs/service.ts'

test('rules may name every effect, at every leg', (t) => {
  const vocabulary = vocabularyOf([sqs()])
  t.is(vocabulary.effects, effects)
  t.deepEqual(vocabulary.legs, ['client', 'mock', 'upstream', 'replay', 'wire'])
  t.deepEqual(vocabulary.injectors, {})
})

test('where there are only connections, rules stand nowhere else', (t) => {
  t.deepEqual(wireVocabularyOf([sqs()]).legs, ['wire'])
})
