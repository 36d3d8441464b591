const NO_TEXT = new Set("button checkbox color file image radio range reset submit".split(" "));

/** Whether what is typed or pasted there becomes text. */
export const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !NO_TEXT.has(target.type)) ||
  (target instanceof HTMLElement && target.isContentEditable);
