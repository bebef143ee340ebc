import type { ReactNode } from 'react';
import { isDrawn, isJson, type Json, list, string, words } from '../model/block.ts';
import { PictureButton } from '../ui/picture-button.tsx';
import { Drawn } from './drawn.tsx';
import { Element } from './element.tsx';
import { type BlockHost, blockIdOf } from './host.ts';
import { InputBlock } from './input-block.tsx';

interface BlocksProps {
  readonly blocks: readonly Json[];
  readonly host: BlockHost;
}

/**
 * Block Kit: the library draws what is looked at; what is clicked, entered or enlarged is drawn
 * here, since the library has no way to hear of it.
 */
export function Blocks({ blocks, host }: BlocksProps) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <OneBlock
          key={blockIdOf(block, index)}
          block={block}
          blockId={blockIdOf(block, index)}
          host={host}
        />
      ))}
      {host.failure && (
        <p className="field-error" role="alert">
          {host.failure}
        </p>
      )}
    </div>
  );
}

interface BlockProps {
  readonly block: Json;
  readonly blockId: string;
  readonly host: BlockHost;
}

function OneBlock({ block, blockId, host }: BlockProps): ReactNode {
  if (block.type === 'actions') {
    return (
      <div className="block-actions">
        {list(block.elements).map((element) => (
          <Element
            key={`${string(element.action_id)} ${words(element.text)}`}
            place={{ blockId, element }}
            host={host}
          />
        ))}
      </div>
    );
  }
  if (block.type === 'input') return <InputBlock block={block} blockId={blockId} host={host} />;
  if (block.type === 'image') return <ImageBlock block={block} />;
  if (block.type === 'section' && isJson(block.accessory)) {
    const { accessory, ...rest } = block;
    return (
      <div className="block-section">
        <Drawn block={rest} />
        <Accessory element={accessory} blockId={blockId} host={host} />
      </div>
    );
  }
  if (isDrawn(block)) return <Drawn block={block} />;
  return <p className="quiet">The playground can’t show this block: {string(block.type)}</p>;
}

function ImageBlock({ block }: { block: Json }) {
  const size = { width: Number(block.image_width ?? 0), height: Number(block.image_height ?? 0) };
  const picture = {
    src: string(block.image_url),
    alt: string(block.alt_text),
    title: words(block.title),
  };
  return <PictureButton picture={picture} size={size} />;
}

function Accessory(props: { element: Json; blockId: string; host: BlockHost }) {
  const { element, blockId, host } = props;
  if (element.type === 'image') {
    return <img className="thumb" src={string(element.image_url)} alt={string(element.alt_text)} />;
  }
  return <Element place={{ blockId, element }} host={host} />;
}
