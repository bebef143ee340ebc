/** Keeps the page as high as what a phone's keyboard leaves of the window. */
export function followViewport(): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const apply = () => {
    document.documentElement.style.setProperty('--app-height', `${viewport.height}px`);
  };
  apply();
  viewport.addEventListener('resize', apply);
}
