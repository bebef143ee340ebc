/** Plain text throughout: whoever shows it escapes it. */
export interface TextReply {
  readonly kind: 'text';
  readonly title: string;
  readonly lines: readonly string[];
  readonly items?: readonly TextItem[];
}

export interface TextItem {
  readonly name: string;
  /** True when `name` is something to type. */
  readonly isCode?: boolean;
  readonly detail: string;
}
