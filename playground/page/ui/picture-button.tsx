import { type Picture, useWorkspace } from '../lib/workspace.ts';

interface PictureButtonProps {
  readonly picture: Picture;
  /** In pixels, 0 where it is not known. */
  readonly size: { readonly width: number; readonly height: number };
}

/** A picture at reading size that opens large. */
export function PictureButton({ picture, size }: PictureButtonProps) {
  const { enlarge } = useWorkspace();
  return (
    <figure className="picture">
      {picture.title && <figcaption>{picture.title}</figcaption>}
      <button
        type="button"
        className="picture-button"
        title="Open large"
        onClick={() => enlarge(picture)}
      >
        <img src={picture.src} alt={picture.alt} style={roomFor(size)} />
      </button>
    </figure>
  );
}

/** The room of a picture is kept free from the start, so that nothing moves when it is there. */
function roomFor({ width, height }: PictureButtonProps['size']) {
  if (!(width > 0 && height > 0)) return {};
  const ratio = width / height;
  return { aspectRatio: ratio, width: `min(${width}px, var(--picture-height) * ${ratio})` };
}
