/** A model as tables and drawings name it: of a folder its own name. */
export const shortName = (model: string): string =>
  /^[./~]|^[a-z]:\\/i.test(model) ? model.split(/[/\\]/).findLast(Boolean)! : model;
