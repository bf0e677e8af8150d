// image_data.S: the library image as a page-aligned read-only section, so that
// its bytes can be mapped from the executable's file as they are.
    .section .rodata.csp_image, "a"
    .balign 4096
    .globl library_image_start
    .globl library_image_end
library_image_start:
    .incbin CSP_IMAGE_FILE
    .balign 4096
library_image_end:

    .section .note.GNU-stack, "", %progbits
