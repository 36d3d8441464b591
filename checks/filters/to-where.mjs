/** The API's DocumentFilter of a filter. */
export function toWhere(filter) {
  switch (filter.kind) {
    case "all":
    case "any":
      return { [filter.kind]: filter.filters.map(toWhere) };
    case "not":
      return { not: toWhere(filter.filter) };
    case "id":
    case "key":
      return { [filter.kind]: { in: filter.in } };
    case "keyPrefix":
      return { key: { startsWith: filter.prefix } };
    case "modality":
      return { modality: filter.modality.toUpperCase() };
    case "createdAt":
      return { createdAt: { ...dates(filter) } };
    case "metadata":
      return {
        metadata: {
          key: filter.key,
          is: { [filter.comparison.op]: filter.comparison.values ?? filter.comparison.value },
        },
      };
  }
}

const dates = ({ from, before }) =>
  Object.fromEntries(Object.entries({ from, before }).filter(([, date]) => date !== null));
