import { resolve } from 'node:path'

/** As users start it. Where coverage is measured, each file for itself: from there c8 finds back to the lines of src. */
export const PIPIT_PROGRAM = resolve(
  process.env['NODE_V8_COVERAGE'] === undefined ? 'dist/bundle/cli.js' : 'dist/src/cli.js',
)
