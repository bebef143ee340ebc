/** A refusal in words for the person at the page; the page's API answers it with 400. */
export class Refusal extends Error {}
