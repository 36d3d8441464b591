const CITED = "data-cited";

/** Scrolls to a hit's card and marks it; false: it is not on the page. */
export function showHit(documentId: string): boolean {
  const card = document.querySelector<HTMLElement>(`.card[data-document="${CSS.escape(documentId)}"]`);
  if (card === null) return false;
  document.querySelectorAll(`[${CITED}]`).forEach((one) => one.removeAttribute(CITED));
  card.setAttribute(CITED, "");
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  card.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
  card.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  return true;
}
