import { type Picture, useWorkspace } from '../lib/workspace.ts';

interface PictureButtonProps {
  readonly picture: Picture;
  /** In pixels, where it is known: its room is kept free until it is there. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** A picture at reading size that opens large. */
export function PictureButton({ picture, size }: PictureButtonProps) {
  const { enlarge } = useWorkspace();
  const known = size && size.width > 0 && size.height > 0 ? size : {};
  return (
    <figure className="picture">
      {picture.title && <figcaption>{picture.title}</figcaption>}
      <button
        type="button"
        className="picture-button"
        title="Open large"
        onClick={() => enlarge(picture)}
      >
        <img src={picture.src} alt={picture.alt} {...known} />
      </button>
    </figure>
  );
}
