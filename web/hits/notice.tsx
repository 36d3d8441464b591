interface NoticeProps {
  readonly title: string;
  readonly hint?: string;
  readonly action?: string;
  readonly onAction?: () => void;
  readonly isFault?: boolean;
}

/** A state that has words instead of cards: nothing there, or something went wrong; and what can be done. */
export function Notice({ title, hint, action, onAction, isFault = false }: NoticeProps) {
  return (
    <div className="notice" role={isFault ? "alert" : undefined} data-fault={isFault || undefined}>
      <p className="notice-title">{title}</p>
      {hint && <p>{hint}</p>}
      {action && (
        <button type="button" onClick={onAction}>
          {action}
        </button>
      )}
    </div>
  );
}
