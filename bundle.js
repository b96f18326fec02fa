// node bundle.js: what users start, dist/bundle, made of src. Four hundred ES modules take Node longer to find and to
// link than all that a start does; a handful of files does not. Packages stay outside, and what is imported when it is
// needed is still loaded then. `cli` and `index` are made in one go and share their chunks, all in one folder: a plugin
// that imports `pipit` gets the very classes of the gateway that runs.
import { resolve } from 'node:path'
import { build } from 'esbuild'

/**
 * Importing one of Node's own modules as an ES module reads every property of it, and so loads what hides behind the
 * lazy ones: 7 ms at a start, and 28 ms and 13 MB for `node:http` alone, which has WebSocket. Names are taken one by one
 * instead, and in the file that uses them, so that no module of Node's becomes a chunk of its own.
 */
const builtins = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, importer }) => ({
      path: `${path} in ${importer}`,
      namespace: 'builtin',
      pluginData: path,
      sideEffects: false,
    }))
    onLoad({ filter: /^/, namespace: 'builtin' }, ({ pluginData: name }) => {
      const keys = Object.keys(process.getBuiltinModule(name)).filter((key) => key !== 'default')
      const lines = [
        `const builtin$ = process.getBuiltinModule('${name}')`,
        'const named$ = (key) => builtin$[key]',
        // What nobody imports is left out.
        ...keys.map((key) => `export const ${key} = /* @__PURE__ */ named$('${key}')`),
        'export default builtin$',
      ]
      return { contents: lines.join('\n') }
    })
  },
}

/**
 * esbuild makes a chunk of what the same entries and lazy imports share: a dozen of what a start takes. Each file is
 * 0.7 ms of it, so that all of them but the commands say that they share what a gateway has: it becomes one.
 */
const together = {
  name: 'together',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.ts$/ }, ({ path, kind, importer, resolveDir }) => {
      const isLazy = kind === 'dynamic-import' && !importer.endsWith('src/cli.ts')
      if (!isLazy && path !== './src/index.ts') return undefined
      return { path: resolve(resolveDir, path), namespace: 'together' }
    })
    onLoad({ filter: /^/, namespace: 'together' }, ({ path }) => ({
      // What is imported and not used would be left out.
      contents: `import { serve } from './src/commands/serve.ts'\nserve.name\nexport * from ${JSON.stringify(path)}`,
      resolveDir: import.meta.dirname,
    }))
  },
}

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: { cli: './src/cli.ts', index: './src/index.ts' },
  outdir: 'dist/bundle',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  plugins: [builtins, together],
  // For `node --enable-source-maps`, which costs 3 ms of a start: a stack then names the files and lines of src.
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
})
