import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Subject } from './process.ts'

const here = import.meta.dirname
const cli = join(here, '../bundle/cli.js')
const reference = (name: string): string => join(here, 'references', `${name}.js`)

export const bare: Subject = {
  name: 'bare node:http',
  command: (port) => [reference('bare-http'), String(port)],
  isBare: true,
}

/** With the work that nobody gets around. */
export const working: Subject = {
  name: 'bare node:http with MD5 and JSON.parse',
  command: (port) => [reference('bare-http'), String(port), 'work'],
  isBare: true,
}

/** As a script of CommonJS, which starts faster than a module. */
export const bareStart: Subject = {
  name: 'bare node:http, CommonJS',
  command: (port) => ['-e', `require('node:http').createServer((q, s) => s.end('{}')).listen(${port}, '127.0.0.1')`],
  isBare: true,
}

export const pipit: Subject = { name: 'pipit', command: (port) => [cli, '--port', String(port)] }

/** As a container starts it: told by the environment alone. */
export const plainStart: Subject = {
  name: 'pipit, plain',
  command: () => [cli],
  env: (port) => ({ PORT: String(port) }),
}

export const splice: Subject = {
  name: 'TCP splice',
  command: (port, upstream) => [reference('splice'), String(port), String(upstream)],
  isBare: true,
  upstream: bare,
}

/** In front of the same server; `flags` say how much it looks and tells. */
export function monitor(...flags: readonly string[]): Subject {
  return {
    name: ['pipit monitor', ...flags].join(' '),
    command: (port, upstream) => [cli, 'monitor', `127.0.0.1:${port}`, '127.0.0.1', String(upstream), ...flags],
    isBare: true,
    upstream: bare,
  }
}

/** The usual library for it, in front of the same server as the next one. */
export const proxy: Subject = {
  name: 'http-proxy',
  command: (port, upstream) => [reference('http-proxy'), String(port), String(upstream)],
  isBare: true,
  upstream: bare,
}

/** In front of a server that answers everything alike; what it records goes to a folder of its own. */
export function passing(mode: 'forward' | 'record'): Subject {
  const flags = [
    '--mode',
    `sqs=${mode}`,
    '--fixtures',
    mkdtempSync(join(tmpdir(), 'pipit-bench-')),
    '--fixture',
    'bench',
  ]
  return {
    name: `pipit, ${mode}`,
    command: (port, upstream) => [
      cli,
      ...flags,
      '--upstream',
      `sqs=http://127.0.0.1:${upstream}`,
      '--port',
      String(port),
    ],
    isBare: true,
    upstream: bare,
  }
}

/** In front of another pipit: records into a folder what is asked in sessions. */
export function recording(fixtures: string): Subject {
  return {
    name: 'pipit, record',
    command: (port, upstream) => [
      cli,
      'record',
      '--upstream',
      `http://127.0.0.1:${upstream}`,
      '--fixtures',
      fixtures,
      '--port',
      String(port),
    ],
    upstream: pipit,
  }
}

export function replaying(fixtures: string): Subject {
  return {
    name: 'pipit, replay',
    command: (port) => [cli, 'replay', '--fixtures', fixtures, '--port', String(port)],
  }
}

/** So many rules of which none ever matches what is sent. */
export function withRules(count: number): Subject {
  const path = join(mkdtempSync(join(tmpdir(), 'pipit-bench-')), 'pipit.yaml')
  const rule = (_: unknown, index: number) => ({
    id: `rule-${index}`,
    on: { operation: 'SendMessage', queue: `other-${index}` },
    do: { error: 'RequestThrottled' },
  })
  writeFileSync(path, JSON.stringify({ faults: Array.from({ length: count }, rule) }))
  return { name: `pipit, ${count} rules`, command: (port) => [cli, '--config', path, '--port', String(port)] }
}
