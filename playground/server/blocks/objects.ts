import { z } from 'zod';

/** Composition objects: the parts that blocks and elements are made of, with Slack's limits. */

export const actionId = z.string().max(255).optional();
export const blockId = z.string().max(255).optional();

export function plainText(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
}

function mrkdwn(max: number) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });
}

export function anyText(max: number) {
  return z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
}

export const option = z.strictObject({
  text: anyText(75),
  value: z.string().max(150),
  description: anyText(75).optional(),
  url: z.string().max(3000).optional(),
});

const options = z.array(option).min(1).max(100).optional();

export const choice = {
  options,
  option_groups: z
    .array(z.strictObject({ label: plainText(75), options: z.array(option).max(100) }))
    .max(100)
    .optional(),
};

export const confirm = z
  .strictObject({
    title: plainText(100),
    text: anyText(300),
    confirm: plainText(30),
    deny: plainText(30),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional();

const slackFile = z.strictObject({
  id: z.string().optional(),
  url: z.string().max(3000).optional(),
});

/** Where a picture comes from: `image_url` or `slack_file`, one of them. */
export const picture = {
  image_url: z.string().min(1).max(3000).optional(),
  slack_file: slackFile.optional(),
  alt_text: z.string().min(1).max(2000),
};
