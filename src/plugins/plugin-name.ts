const names = new WeakMap<object, string>()

/** A plugin was loaded from this file: messages name it so. */
export function namePlugin(plugin: object, file: string): void {
  names.set(plugin, file)
}

/** The file of a plugin; `otherwise` where somebody put it into the table of routes by hand. */
export function pluginName(plugin: object, otherwise: string): string {
  return names.get(plugin) ?? otherwise
}
