import test from 'ava'
import type { Config, Sources } from '../../src/config.ts'
import { folder, load } from './sources.ts'

const listening: readonly [title: string, sources: Partial<Sources>, listen: Config['listen']][] = [
  ['PORT', { env: { PORT: '8080' } }, [{ host: undefined, port: 8080 }]],
  ['PIPIT_HOST', { env: { PIPIT_HOST: '0.0.0.0' } }, [{ host: '0.0.0.0', port: 3000 }]],
  ['HOST is not ours', { env: { HOST: 'x86_64-conda' } }, [{ host: undefined, port: 3000 }]],
  ['IPv6 in PIPIT_HOST, with brackets', { env: { PIPIT_HOST: '[::]' } }, [{ host: '::', port: 3000 }]],
  ['empty variables are not set', { env: { PORT: '', PIPIT_HOST: ' ' } }, [{ host: undefined, port: 3000 }]],
  [
    'PIPIT_LISTEN wins over PORT, and its own hosts over PIPIT_HOST',
    { env: { PIPIT_LISTEN: ':3000, :4566,127.0.0.1:9324,[::1]:1', PORT: '1', PIPIT_HOST: '0.0.0.0' } },
    [
      { host: '0.0.0.0', port: 3000 },
      { host: '0.0.0.0', port: 4566 },
      { host: '127.0.0.1', port: 9324 },
      { host: '::1', port: 1 },
    ],
  ],
  [
    'a port flag wins over PIPIT_LISTEN',
    { flags: { port: '5' }, env: { PIPIT_LISTEN: ':1' } },
    [{ host: undefined, port: 5 }],
  ],
  [
    'a host flag goes with the addresses of the environment',
    { flags: { host: '::1' }, env: { PIPIT_LISTEN: ':1,0.0.0.0:2' } },
    [
      { host: '::1', port: 1 },
      { host: '0.0.0.0', port: 2 },
    ],
  ],
  [
    'PORT wins over the file',
    { env: { PORT: '8080' }, cwd: folder('listen: [":3000", 4566]') },
    [{ host: undefined, port: 8080 }],
  ],
  [
    "the file's list, with numbers",
    { cwd: folder('listen: [":3000", 4566]') },
    [
      { host: undefined, port: 3000 },
      { host: undefined, port: 4566 },
    ],
  ],
  [
    'an address twice is one',
    { env: { PIPIT_LISTEN: ':1,:1,:0,:0' } },
    [
      { host: undefined, port: 1 },
      { host: undefined, port: 0 },
      { host: undefined, port: 0 },
    ],
  ],
]

for (const [title, sources, listen] of listening) {
  test(`listening: ${title}`, (t) => {
    t.deepEqual(load(sources).config.listen, listen)
  })
}
