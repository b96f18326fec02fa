import { Document, isMap, isScalar } from 'yaml'
import type { Loaded } from '../config.ts'
import { getIn, setIn } from './layer.ts'
import { settings } from './schema.ts'

/** The resolved config as a pipit.yaml that says the same, with a comment where each value comes from. No secrets. */
export function printConfig({ config, sourceOf }: Loaded): string {
  // A port and a host have become part of the addresses: the config has no such keys any more.
  const shown = settings.filter(({ path, isSecret }) => !isSecret && has(config, path))
  const tree = {}
  for (const { path, written } of shown) {
    const value = getIn(config, path)
    setIn(tree, path, value === undefined ? null : (written?.(value as never) ?? value))
  }
  const document = new Document(tree, { aliasDuplicateObjects: false })
  for (const setting of shown) comment(document, setting.path, sourceOf(setting))
  return document.toString({ lineWidth: 0 })
}

function has(tree: unknown, path: readonly string[]): boolean {
  const parent = getIn(tree, path.slice(0, -1))
  return typeof parent === 'object' && parent !== null && Object.hasOwn(parent, path.at(-1) as string)
}

/** Behind a value, above the key of a collection. */
function comment(document: Document, path: readonly string[], source: string): void {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
  if (isScalar(pair?.value)) pair.value.comment = ` ${source}`
  else if (isScalar(pair?.key)) pair.key.commentBefore = ` ${source}`
}
