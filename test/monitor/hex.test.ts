import test from 'ava'
import { hexDump, hexLine } from '../../src/monitor/hex.ts'

test('a line has the bytes twice: as numbers, and as what can be printed', (t) => {
  t.is(hexLine(Buffer.from('*1\r\nPING\x1b\xff', 'latin1')), '2a 31 0d 0a 50 49 4e 47 1b ff  *1..PING..')
  t.is(hexLine(Buffer.from('ab'), 4), '61 62        ab')
})

test('a dump has sixteen bytes to a line, in columns', (t) => {
  t.deepEqual(hexDump(Buffer.from('0123456789abcdefgh')), [
    '0000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef',
    '0010  67 68                                            gh',
  ])
  t.deepEqual(hexDump(Buffer.alloc(0)), [])
})
