import { describe, expect, test } from 'vitest';
import {
  actionOf,
  choicesOf,
  chosenIn,
  entered,
  initialState,
  stateWith,
} from '../../../playground/page/model/element.ts';

const option = (value: string) => ({ text: { type: 'plain_text', text: `The ${value}` }, value });
const menu = { type: 'static_select', action_id: 'range', options: [option('a'), option('b')] };

describe('state, as Slack sends it', () => {
  test('of a menu', () => {
    expect(initialState(menu)).toEqual({ type: 'static_select', selected_option: null });
    const state = stateWith(menu, option('b'));
    expect(state).toEqual({ type: 'static_select', selected_option: option('b') });
    expect(chosenIn(menu, state)).toEqual(['b']);
  });
  test('of boxes', () => {
    const boxes = { type: 'checkboxes', initial_options: [option('a')], options: menu.options };
    expect(chosenIn(boxes, initialState(boxes))).toEqual(['a']);
    expect(initialState({ type: 'checkboxes' })).toEqual({
      type: 'checkboxes',
      selected_options: [],
    });
  });
  test('of people', () => {
    const people = { type: 'multi_users_select', initial_users: ['UADA'] };
    expect(initialState(people)).toEqual({ type: 'multi_users_select', selected_users: ['UADA'] });
    expect(chosenIn(people, initialState(people))).toEqual(['UADA']);
  });
  test('of a field', () => {
    const field = { type: 'plain_text_input', initial_value: 'so far' };
    expect(entered(field, initialState(field))).toBe('so far');
    expect(stateWith(field, null)).toEqual({ type: 'plain_text_input', value: null });
  });
});

describe('actions, as Slack sends them', () => {
  test('of a button', () => {
    const button = { type: 'button', action_id: 'go', value: 'v', text: option('a').text };
    expect(actionOf('block', button, stateWith(button, undefined))).toEqual({
      ...button,
      block_id: 'block',
    });
  });
  test('of a menu', () => {
    expect(actionOf('block', menu, stateWith(menu, option('a')))).toEqual({
      type: 'static_select',
      block_id: 'block',
      action_id: 'range',
      selected_option: option('a'),
    });
  });
});

describe('choices', () => {
  test('in groups', () => {
    const grouped = {
      type: 'static_select',
      option_groups: [{ label: { text: 'Letters' }, options: [option('a')] }],
    };
    expect(choicesOf(grouped, [], [])).toMatchObject([
      { value: 'a', label: 'The a', group: 'Letters', chosen: option('a') },
    ]);
  });
  test('from the workspace', () => {
    const ada = { id: 'UADA', name: 'Ada', title: 'Maintainer', isBot: false, color: '#336699' };
    const general = {
      id: 'CGEN',
      name: 'general',
      isPrivate: false,
      isDirect: false,
      topic: '',
      memberCount: 1,
    };
    expect(choicesOf({ type: 'users_select' }, [ada], [general])[0]?.chosen).toBe('UADA');
    expect(choicesOf({ type: 'channels_select' }, [ada], [general])[0]?.label).toBe('#general');
  });
});
