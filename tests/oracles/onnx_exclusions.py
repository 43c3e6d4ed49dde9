"""Which of ONNX's cases our layers cannot run, each under the reason that the adapter gives."""

NOT_OURS = {
    "SELU has the two constants of its paper": """
        test_selu test_selu_example
    """,
    "a bias is the same for every example": """
        test_gemm_default_matrix_bias test_operator_addmm
    """,
    "a kernel is one matrix for all examples": """
        test_matmul_1d_3d test_matmul_3d test_matmul_4d test_matmul_bcast
    """,
    "an embedding looks up rows": """
        test_gather_1 test_gather_2d_indices
    """,
    "every side is written out, but for one": """
        test_reshape_zero_and_negative_dim test_reshape_zero_dim
    """,
    'other padding than "same" cannot be left out of the mean': """
        test_averagepool_2d_pads
    """,
    "random numbers differ from engine to engine": """
        test_training_dropout test_training_dropout_default
        test_training_dropout_default_mask test_training_dropout_mask
    """,
    "regularizers add up all there is": """
        test_reduce_l1_do_not_keepdims_example test_reduce_l1_do_not_keepdims_random
        test_reduce_l1_empty_set test_reduce_l1_keep_dims_example
        test_reduce_l1_keep_dims_random test_reduce_l1_negative_axes_keep_dims_example
        test_reduce_l1_negative_axes_keep_dims_random
        test_reduce_sum_square_do_not_keepdims_example
        test_reduce_sum_square_do_not_keepdims_random test_reduce_sum_square_empty_set
        test_reduce_sum_square_keepdims_example test_reduce_sum_square_keepdims_random
        test_reduce_sum_square_negative_axes_keepdims_example
        test_reduce_sum_square_negative_axes_keepdims_random
    """,
    "sequences are no arrays": """
        test_identity_opt test_identity_sequence
    """,
    "the batch axis stays": """
        test_flatten_axis0 test_flatten_axis2 test_flatten_axis3 test_flatten_negative_axis1
        test_flatten_negative_axis2 test_flatten_negative_axis4 test_operator_view
        test_reshape_allowzero_reordered test_reshape_negative_extended_dims
        test_reshape_one_dim test_reshape_reordered_all_dims
    """,
    "the odd pixel of padding is at the bottom right, as in Keras": """
        test_averagepool_2d_same_lower test_maxpool_2d_same_lower
    """,
    "the windows of pools have no gaps": """
        test_MaxPool1d_stride_padding_dilation test_MaxPool2d_stride_padding_dilation
        test_averagepool_2d_dilations test_maxpool_2d_dilations
    """,
    "tokens count from 0 on": """
        test_gather_negative_indices
    """,
    "volumes are no images": """
        test_AvgPool3d test_AvgPool3d_stride test_AvgPool3d_stride1_pad0_gpu_input
        test_Conv3d test_Conv3d_dilated test_Conv3d_dilated_strided test_Conv3d_groups
        test_Conv3d_no_bias test_Conv3d_stride test_Conv3d_stride_padding test_MaxPool3d
        test_MaxPool3d_stride test_MaxPool3d_stride_padding test_averagepool_3d_default
        test_averagepool_3d_dilations_large_count_include_pad_is_0_ceil_mode_is_False
        test_averagepool_3d_dilations_large_count_include_pad_is_0_ceil_mode_is_True
        test_averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_False
        test_averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_True
        test_averagepool_3d_dilations_small test_maxpool_3d_default
        test_maxpool_3d_dilations test_maxpool_3d_dilations_use_ref_impl
        test_maxpool_3d_dilations_use_ref_impl_large
    """,
    "windows stay inside the padded image (no ceil_mode)": """
        test_averagepool_2d_ceil test_averagepool_2d_ceil_last_window_starts_on_pad
        test_maxpool_2d_ceil test_maxpool_2d_ceil_output_size_reduce_by_one
    """,
}
